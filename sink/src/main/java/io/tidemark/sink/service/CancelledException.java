package io.tidemark.sink.service;

/** A batch that is no longer ours to write; its range will be written by whoever has the partition. */
final class CancelledException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CancelledException(String token) {
        super("batch " + token + " was cancelled");
    }
}
