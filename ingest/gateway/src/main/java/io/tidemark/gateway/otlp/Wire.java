package io.tidemark.gateway.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Protobuf messages inside a body, read field by field. Protobuf's own CodedInputStream does the same; here a text that was read before is found by its
 * bytes before it is decoded, which that class does not allow.
 */
final class Wire {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int DEEPEST_GROUP = 32;
    private static final int LONGEST_VARINT_BITS = 64;
    private static final char REPLACEMENT = '\uFFFD';

    private final byte[] bytes;
    private final KnownTexts texts;
    private int position;
    private int limit;

    Wire(byte[] bytes, int offset, int length, KnownTexts texts) {
        this.bytes = bytes;
        this.texts = texts;
        this.position = offset;
        this.limit = offset + length;
    }

    static int tag(int field, int wireType) {
        return field << 3 | wireType;
    }

    static int message(int field) {
        return tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    /** The next field of the present message, or 0 at its end. */
    int next() throws InvalidProtocolBufferException {
        if (position == limit) {
            return 0;
        }
        int tag = (int) varint();
        if (WireFormat.getTagFieldNumber(tag) == 0) {
            throw new InvalidProtocolBufferException("a field has no number");
        }
        return tag;
    }

    void skip(int tag) throws InvalidProtocolBufferException {
        skip(tag, 0);
    }

    private void skip(int tag, int depth) throws InvalidProtocolBufferException {
        switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_VARINT -> varint();
            case WireFormat.WIRETYPE_FIXED64 -> pass(Long.BYTES);
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> pass(length());
            case WireFormat.WIRETYPE_START_GROUP -> skipGroup(WireFormat.getTagFieldNumber(tag), depth + 1);
            case WireFormat.WIRETYPE_FIXED32 -> pass(Integer.BYTES);
            default ->
                throw new InvalidProtocolBufferException(
                        "a field has an unknown type, or a group ends that did not begin");
        }
    }

    private void skipGroup(int field, int depth) throws InvalidProtocolBufferException {
        if (depth > DEEPEST_GROUP) {
            throw new InvalidProtocolBufferException("groups are nested too deep");
        }
        int end = tag(field, WireFormat.WIRETYPE_END_GROUP);
        for (int tag = next(); tag != end; tag = next()) {
            if (tag == 0) {
                throw new InvalidProtocolBufferException("a group does not end");
            }
            skip(tag, depth);
        }
    }

    /** Begins a nested message; what it returns goes to {@link #leave}. */
    int enter() throws InvalidProtocolBufferException {
        int outer = limit;
        int length = length();
        limit = position + length;
        return outer;
    }

    void leave(int outer) throws InvalidProtocolBufferException {
        if (position != limit) {
            throw new InvalidProtocolBufferException("a message is longer than its content");
        }
        limit = outer;
    }

    /** A nested message as a reader of its own; this one goes on behind it. */
    Wire nested() throws InvalidProtocolBufferException {
        int length = length();
        Wire nested = new Wire(bytes, position, length, texts);
        pass(length);
        return nested;
    }

    /** Length of a byte field whose content begins at {@link #position}; the content must be passed with {@link #pass}. */
    int length() throws InvalidProtocolBufferException {
        long length = varint();
        if (length < 0 || length > limit - position) {
            throw new InvalidProtocolBufferException("a field is longer than its message");
        }
        return (int) length;
    }

    void pass(int length) throws InvalidProtocolBufferException {
        if (length > limit - position) {
            throw new InvalidProtocolBufferException("a message is cut off");
        }
        position += length;
    }

    String text() throws IOException {
        int length = length();
        int start = position;
        pass(length);
        String text = texts.find(bytes, start, length);
        if (text == null) {
            text = decoded(start, length);
            texts.keep(bytes, start, length, text);
        }
        return text;
    }

    private String decoded(int start, int length) throws InvalidProtocolBufferException {
        String text = new String(bytes, start, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireUtf8(start, length);
        }
        return text;
    }

    /** Decoding puts the replacement character in place of what is no UTF-8; a client may also have sent that very character. */
    private void requireUtf8(int start, int length) throws InvalidProtocolBufferException {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length));
        } catch (CharacterCodingException e) {
            throw new InvalidProtocolBufferException("a text is no UTF-8");
        }
    }

    byte[] byteArray() throws InvalidProtocolBufferException {
        int length = length();
        int start = position;
        pass(length);
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    long fixed64() throws InvalidProtocolBufferException {
        int start = position;
        pass(Long.BYTES);
        return (long) LONGS.get(bytes, start);
    }

    /** Most numbers of a body are tags and lengths of one byte. */
    long varint() throws InvalidProtocolBufferException {
        if (position < limit && bytes[position] >= 0) {
            return bytes[position++];
        }
        return longerVarint();
    }

    private long longerVarint() throws InvalidProtocolBufferException {
        long value = 0;
        for (int shift = 0; shift < LONGEST_VARINT_BITS; shift += 7) {
            if (position == limit) {
                throw new InvalidProtocolBufferException("a message is cut off");
            }
            byte next = bytes[position++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new InvalidProtocolBufferException("a number is longer than ten bytes");
    }

    double number() throws InvalidProtocolBufferException {
        return Double.longBitsToDouble(fixed64());
    }
}
