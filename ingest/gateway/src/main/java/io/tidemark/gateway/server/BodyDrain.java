package io.tidemark.gateway.server;

import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;

/** Reads a body that nobody wants to its end, and keeps nothing of it. */
final class BodyDrain extends BodyFlow<Void> {

    private long left;

    private BodyDrain(Content.Source source, long maximumBytes) {
        super(source);
        this.left = maximumBytes;
    }

    /** @return done at the end of the body, or when it has more bytes than that */
    static CompletableFuture<Void> of(Content.Source source, long maximumBytes) {
        return new BodyDrain(source, maximumBytes).start();
    }

    @Override
    void take(Content.Chunk chunk, CompletableFuture<Void> done) {
        left -= chunk.remaining();
        if (chunk.isLast() || left < 0) {
            done.complete(null);
        }
    }
}
