package io.tidemark.sink.service;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** What the sink writes beside a committed offset: where the range ends that is about to be inserted from there. */
final class CommitMetadata {

    private static final Pattern INTENT = Pattern.compile("end=(\\d{1,18});writer=tidemark-sink/1");

    private CommitMetadata() {}

    /** A range is about to be inserted. */
    static OffsetAndMetadata intent(long start, long end) {
        return new OffsetAndMetadata(start, "end=" + end + ";writer=tidemark-sink/1");
    }

    /** Everything before an offset is stored, and nothing else was begun. */
    static OffsetAndMetadata done(long offset) {
        return new OffsetAndMetadata(offset);
    }

    /** End of the range that was begun; empty when none was. */
    static OptionalLong intendedEnd(OffsetAndMetadata committed) {
        Matcher matcher = INTENT.matcher(committed.metadata());
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        long end = Long.parseLong(matcher.group(1));
        return end > committed.offset() ? OptionalLong.of(end) : OptionalLong.empty();
    }
}
