package io.tidemark.cli.doctor;

/**
 * What one check found.
 *
 * @param subject what was looked at
 * @param state how it is
 * @param observation what was seen
 * @param advice what to do; empty when nothing is to be done
 */
record Finding(String subject, State state, String observation, String advice) {

    /** How a subject is. */
    enum State {
        OK,
        WARNING,
        FAILED
    }

    static Finding ok(String subject, String observation) {
        return new Finding(subject, State.OK, observation, "");
    }

    static Finding warning(String subject, String observation, String advice) {
        return new Finding(subject, State.WARNING, observation, advice);
    }

    static Finding failed(String subject, String observation, String advice) {
        return new Finding(subject, State.FAILED, observation, advice);
    }

    String text() {
        String line = "%-8s %-20s %s".formatted(state == State.OK ? "ok" : state.name(), subject, observation);
        return advice.isEmpty() ? line : line + "; " + advice;
    }
}
