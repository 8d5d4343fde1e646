package io.tidemark.cli.deadletter;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.contracts.topic.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A refused record and the headers that say why.
 *
 * @param record the record in its dead-letter topic
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record) {

    private static final ObjectMapper JSON = new ObjectMapper();

    String reason() {
        return header(RecordHeaders.REASON);
    }

    String detail() {
        return header(RecordHeaders.REASON_DETAIL);
    }

    /** Topic that the record was refused from. */
    String sourceTopic() {
        return header(RecordHeaders.SOURCE_TOPIC);
    }

    /** Topic, partition and offset that the record was refused from. */
    String source() {
        return "%s-%s@%s"
                .formatted(sourceTopic(), header(RecordHeaders.SOURCE_PARTITION), header(RecordHeaders.SOURCE_OFFSET));
    }

    Instant refusedAt() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    /** Length of the original bytes. */
    int bytes() {
        return record.value() == null ? 0 : record.value().length;
    }

    /** One line for people. */
    public String text() {
        return "%s  REFUSED %s  %s  from %s (%d bytes)".formatted(refusedAt(), reason(), detail(), source(), bytes());
    }

    /** One JSON object for programs. */
    public String json() {
        ObjectNode node = JSON.createObjectNode();
        node.put("topic", record.topic());
        node.put("offset", record.offset());
        node.put("refused_at", refusedAt().toString());
        node.put("reason", reason());
        node.put("detail", detail());
        node.put("source_topic", sourceTopic());
        node.put("source_partition", header(RecordHeaders.SOURCE_PARTITION));
        node.put("source_offset", header(RecordHeaders.SOURCE_OFFSET));
        node.put("refused_by", header(RecordHeaders.REFUSED_BY));
        node.put("bytes", bytes());
        return node.toString();
    }

    private String header(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
