package io.tidemark.consumers;

/** The consumer was told to stop in the middle of something; the audit knows how far it got. */
final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("stopped");
    }
}
