package io.tidemark.gateway.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/** Protobuf messages inside a body, read field by field. */
final class Wire {

    private final byte[] bytes;
    private final CodedInputStream input;
    private final int offset;

    Wire(byte[] bytes, int offset, int length) throws InvalidProtocolBufferException {
        this.bytes = bytes;
        this.offset = offset;
        this.input = CodedInputStream.newInstance(bytes, offset, length);
        input.pushLimit(length);
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
        return offset + input.getTotalBytesRead();
    }

    /** The next field of the present message, or 0 at its end. */
    int next() throws IOException {
        return input.readTag();
    }

    void skip(int tag) throws IOException {
        if (!input.skipField(tag)) {
            throw new InvalidProtocolBufferException("a group ends that did not begin");
        }
    }

    /** Begins a nested message; what it returns goes to {@link #leave}. */
    int enter() throws IOException {
        return input.pushLimit(input.readRawVarint32());
    }

    void leave(int outer) throws InvalidProtocolBufferException {
        input.checkLastTagWas(0);
        if (input.getBytesUntilLimit() != 0) {
            throw new InvalidProtocolBufferException("a message is longer than its content");
        }
        input.popLimit(outer);
    }

    /** A nested message as a reader of its own; this one goes on behind it. */
    Wire nested() throws IOException {
        int length = input.readRawVarint32();
        int start = position();
        input.skipRawBytes(length);
        return new Wire(bytes, start, length);
    }

    /** Length of a byte field whose content begins at {@link #position}; the content must be passed with {@link #pass}. */
    int length() throws IOException {
        int length = input.readRawVarint32();
        if (length < 0 || length > input.getBytesUntilLimit()) {
            throw new InvalidProtocolBufferException("a field is longer than its message");
        }
        return length;
    }

    void pass(int length) throws IOException {
        input.skipRawBytes(length);
    }

    String text() throws IOException {
        return input.readStringRequireUtf8();
    }

    byte[] byteArray() throws IOException {
        return input.readByteArray();
    }

    long fixed64() throws IOException {
        return input.readFixed64();
    }

    long varint() throws IOException {
        return input.readInt64();
    }

    double number() throws IOException {
        return input.readDouble();
    }
}
