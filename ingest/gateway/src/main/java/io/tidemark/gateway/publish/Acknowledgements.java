package io.tidemark.gateway.publish;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Waits for all records of one request. */
final class Acknowledgements implements Callback {

    private final AtomicInteger missing;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /** @param records number of records that will be sent, at least 1 */
    Acknowledgements(int records) {
        missing = new AtomicInteger(records);
    }

    @Override
    public void onCompletion(RecordMetadata metadata, Exception failure) {
        if (failure != null) {
            done.completeExceptionally(failure);
        } else if (missing.decrementAndGet() == 0) {
            done.complete(null);
        }
    }

    CompletableFuture<Void> done() {
        return done;
    }
}
