package io.tidemark.jobs.embedding;

/** Something that leaves the operator in its turn: a text, a watermark, a change of activity. */
interface Queued {

    /** Whether it may leave. */
    boolean isDone();
}
