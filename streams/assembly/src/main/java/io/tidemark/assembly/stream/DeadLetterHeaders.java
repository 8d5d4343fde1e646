package io.tidemark.assembly.stream;

import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Says beside a refused record where it came from and why it was refused. */
final class DeadLetterHeaders {

    private DeadLetterHeaders() {}

    static Headers of(Headers original, Optional<RecordMetadata> source, RefusalReason reason, String detail) {
        org.apache.kafka.common.header.internals.RecordHeaders headers =
                new org.apache.kafka.common.header.internals.RecordHeaders(original);
        source.ifPresent(record -> {
            add(headers, RecordHeaders.SOURCE_TOPIC, record.topic());
            add(headers, RecordHeaders.SOURCE_PARTITION, Integer.toString(record.partition()));
            add(headers, RecordHeaders.SOURCE_OFFSET, Long.toString(record.offset()));
        });
        add(headers, RecordHeaders.REASON, reason.name());
        add(headers, RecordHeaders.REASON_DETAIL, detail);
        add(headers, RecordHeaders.REFUSED_BY, AssemblyConfig.APPLICATION);
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.remove(name).add(name, String.valueOf(value).getBytes(StandardCharsets.UTF_8));
    }
}
