package io.tidemark.gateway.server;

import io.tidemark.gateway.otlp.BodyTooLargeException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;

/** Reads the body of a request as it comes in, without a thread that waits for it, and stops at the limit. */
final class BodyReader implements Runnable {

    private static final int INITIAL_BYTES = 1 << 13;

    private final Content.Source source;
    private final int maximumBytes;
    private final MemoryGate.Share share;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(INITIAL_BYTES);
    private final CompletableFuture<byte[]> done = new CompletableFuture<>();

    private BodyReader(Content.Source source, int maximumBytes, MemoryGate.Share share) {
        this.source = source;
        this.maximumBytes = maximumBytes;
        this.share = share;
    }

    /** @return the body; fails with {@link RefusedException}, {@link BodyTooLargeException}, or with what broke the connection */
    static CompletableFuture<byte[]> read(Content.Source source, int maximumBytes, MemoryGate.Share share) {
        BodyReader reader = new BodyReader(source, maximumBytes, share);
        reader.run();
        return reader.done;
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
            take(chunk);
        }
    }

    private void take(Content.Chunk chunk) {
        try {
            ByteBuffer bytes = chunk.getByteBuffer();
            if (body.size() + bytes.remaining() > maximumBytes) {
                throw new BodyTooLargeException("the body has more than %d bytes".formatted(maximumBytes));
            }
            share.grow(bytes.remaining());
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            body.write(copy, 0, copy.length);
            if (chunk.isLast()) {
                done.complete(body.toByteArray());
            }
        } catch (BodyTooLargeException | RefusedException e) {
            done.completeExceptionally(e);
        } finally {
            chunk.release();
        }
    }
}
