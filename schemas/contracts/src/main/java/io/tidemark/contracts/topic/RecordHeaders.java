package io.tidemark.contracts.topic;

/** Names of the record headers that Tidemark sets, all UTF-8 text. */
public final class RecordHeaders {

    /** Marks the last record of a partition in a replay run; the value is the run's name. Such a record has no value. */
    public static final String END_MARKER = "tidemark-end-marker";

    /**
     * On records without a value: how far one writer of the topic has come in event time, as
     * {@code subtask|subtasks|milliseconds}. Everything that it had to say up to then lies before the record in this
     * partition; the end of a replay is the largest long.
     */
    public static final String WATERMARK = "tidemark-watermark";

    /** Topic that a dead-lettered or late record came from. */
    public static final String SOURCE_TOPIC = "tidemark-source-topic";

    /** Partition that a dead-lettered or late record came from. */
    public static final String SOURCE_PARTITION = "tidemark-source-partition";

    /** Offset that a dead-lettered or late record had. */
    public static final String SOURCE_OFFSET = "tidemark-source-offset";

    /** Why a record was refused: a {@code RefusalReason}. */
    public static final String REASON = "tidemark-reason";

    /** What exactly was wrong, naming the field; never payload text. */
    public static final String REASON_DETAIL = "tidemark-reason-detail";

    /** Process that refused the record. */
    public static final String REFUSED_BY = "tidemark-refused-by";

    private RecordHeaders() {}
}
