package io.tidemark.sink.transcode;

/** A registered schema that cannot be stored as the contract of its topic: none of its records can be. */
final class IncompatibleWriterException extends RuntimeException {

    private static final long serialVersionUID = 1;

    IncompatibleWriterException(String message) {
        super(message);
    }
}
