package io.tidemark.cli.stats;

/** A case of a vectors file lacks an input, or one has another shape than its metric needs. */
final class MalformedCaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedCaseException(String message) {
        super(message);
    }
}
