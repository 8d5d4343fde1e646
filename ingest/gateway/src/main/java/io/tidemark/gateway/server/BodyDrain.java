package io.tidemark.gateway.server;

import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;

/** Reads a body that nobody wants to its end, and keeps nothing of it. */
final class BodyDrain implements Runnable {

    private final Content.Source source;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private long left;

    private BodyDrain(Content.Source source, long maximumBytes) {
        this.source = source;
        this.left = maximumBytes;
    }

    /** @return done at the end of the body, or when it has more bytes than that */
    static CompletableFuture<Void> of(Content.Source source, long maximumBytes) {
        BodyDrain drain = new BodyDrain(source, maximumBytes);
        drain.run();
        return drain.done;
    }

    @Override
    public void run() {
        while (!done.isDone()) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                source.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                done.completeExceptionally(chunk.getFailure());
                return;
            }
            left -= chunk.remaining();
            boolean last = chunk.isLast();
            chunk.release();
            if (last || left < 0) {
                done.complete(null);
            }
        }
    }
}
