package io.tidemark.gateway.server;

import io.tidemark.gateway.otlp.BodyTooLargeException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;

/** Reads the body of a request, and stops at the limit. */
final class BodyReader extends BodyFlow<byte[]> {

    private static final int INITIAL_BYTES = 1 << 13;

    private final int maximumBytes;
    private final MemoryGate.Share share;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(INITIAL_BYTES);

    private BodyReader(Content.Source source, int maximumBytes, MemoryGate.Share share) {
        super(source);
        this.maximumBytes = maximumBytes;
        this.share = share;
    }

    /** @return the body; fails with {@link RefusedException}, {@link BodyTooLargeException}, or with what broke the connection */
    static CompletableFuture<byte[]> read(Content.Source source, int maximumBytes, MemoryGate.Share share) {
        return new BodyReader(source, maximumBytes, share).start();
    }

    @Override
    void take(Content.Chunk chunk, CompletableFuture<byte[]> done) {
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
        }
    }
}
