package io.tidemark.cli.replay;

import io.tidemark.cli.terminal.Terminal;
import io.tidemark.contracts.avro.Trace;
import java.time.Instant;

/** Counts what was read from the file. */
final class SentTraces {

    private static final int MALFORMED_SHOWN = 100;

    private final Terminal terminal;
    private long sent;
    private long malformed;
    private Instant first;
    private Instant last;

    SentTraces(Terminal terminal) {
        this.terminal = terminal;
    }

    void add(Trace trace) {
        sent++;
        Instant time = trace.getEventTime();
        first = first == null || time.isBefore(first) ? time : first;
        last = last == null || time.isAfter(last) ? time : last;
    }

    /** Shows the first malformed lines, and counts all. */
    void addMalformed(String message) {
        malformed++;
        if (malformed <= MALFORMED_SHOWN) {
            terminal.note(message);
        } else if (malformed == MALFORMED_SHOWN + 1) {
            terminal.note("further malformed lines are only counted");
        }
    }

    long sent() {
        return sent;
    }

    long malformed() {
        return malformed;
    }

    /** Lines that were taken or refused. */
    long lines() {
        return sent + malformed;
    }

    /** Earliest event time as text; null without traces. */
    String first() {
        return first == null ? null : first.toString();
    }

    /** Latest event time as text; null without traces. */
    String last() {
        return last == null ? null : last.toString();
    }
}
