package io.tidemark.jobs.rules;

/** A breach that goes on, as the signals told it. */
final class Episode {

    static final long NEVER = Long.MIN_VALUE;

    /** When the breach began, by the slice's own panes. */
    final long onsetMillis;

    /** First tick at which it was seen. */
    final long firstMillis;

    /** Tick of the last signal; {@link #NEVER} while it is held back. */
    long toldMillis = NEVER;

    /** Name of the slice that explains it; empty when it explains itself. */
    String parent = "";

    /** The newest finding's signal, in the wire format of the registry. */
    byte[] signal;

    boolean autoscaling;

    Episode(long onsetMillis, long firstMillis) {
        this.onsetMillis = onsetMillis;
        this.firstMillis = firstMillis;
    }

    boolean isTold() {
        return toldMillis != NEVER;
    }
}
