package io.tidemark.gateway.server;

import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;

/** Goes through the body of a request as it comes in, without a thread that waits for it. */
abstract class BodyFlow<T> implements Runnable {

    private final Content.Source source;
    private final CompletableFuture<T> done = new CompletableFuture<>();

    BodyFlow(Content.Source source) {
        this.source = source;
    }

    /** Starts; done when {@link #take} says so, or with what broke the connection. */
    final CompletableFuture<T> start() {
        run();
        return done;
    }

    @Override
    public final void run() {
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
            try {
                take(chunk, done);
            } finally {
                chunk.release();
            }
        }
    }

    /** Takes a piece of the body, which is valid in this call only; completes {@code done} when no more is wanted. */
    abstract void take(Content.Chunk chunk, CompletableFuture<T> done);
}
