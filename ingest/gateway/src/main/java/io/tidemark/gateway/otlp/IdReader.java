package io.tidemark.gateway.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the ids of one field in one body. The spans of a trace mostly follow each other, so an id is often that of the span before. */
final class IdReader {

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] ZERO = new byte[16];

    private final int bytes;
    private final byte[] digits;
    private int before = -1;
    private String last;

    /** @param bytes length of the id, 16 at most */
    IdReader(int bytes) {
        this.bytes = bytes;
        this.digits = new byte[2 * bytes];
    }

    /** Hex digits of the id at the present field; empty when it is missing or all zero, a question mark when it has a wrong length. */
    String read(Wire wire) throws InvalidProtocolBufferException {
        int length = wire.length();
        int from = wire.position();
        wire.pass(length);
        if (length != bytes) {
            return length == 0 ? "" : "?";
        }
        byte[] body = wire.bytes();
        if (before < 0 || !Arrays.equals(body, from, from + bytes, body, before, before + bytes)) {
            last = isZero(body, from) ? "" : hex(body, from);
            before = from;
        }
        return last;
    }

    private boolean isZero(byte[] body, int from) {
        return Arrays.equals(body, from, from + bytes, ZERO, 0, bytes);
    }

    private String hex(byte[] body, int from) {
        for (int i = 0; i < bytes; i++) {
            digits[2 * i] = DIGITS[body[from + i] >> 4 & 0xF];
            digits[2 * i + 1] = DIGITS[body[from + i] & 0xF];
        }
        return new String(digits, StandardCharsets.ISO_8859_1);
    }
}
