package io.tidemark.sink.transcode;

/** Bytes that do not follow their schema, or a value that its field forbids. Made without a stack trace: it is data. */
final class MalformedRecordException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient boolean forbiddenValue;

    private MalformedRecordException(String message, boolean forbiddenValue) {
        super(message, null, false, false);
        this.forbiddenValue = forbiddenValue;
    }

    static MalformedRecordException unreadable(String message) {
        return new MalformedRecordException(message, false);
    }

    static MalformedRecordException invalidField(String message) {
        return new MalformedRecordException(message, true);
    }

    boolean isForbiddenValue() {
        return forbiddenValue;
    }
}
