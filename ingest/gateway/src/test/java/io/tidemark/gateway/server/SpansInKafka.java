package io.tidemark.gateway.server;

import io.tidemark.contracts.avro.ReceivedSpan;
import io.tidemark.contracts.avro.SpanBatch;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the spans topic from its beginning to its end. */
final class SpansInKafka {

    private SpansInKafka() {}

    static List<ReceivedSpan> all(String bootstrapServers, String registryUrl) {
        return byTrace(bootstrapServers, registryUrl).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    static Map<String, List<ReceivedSpan>> byTrace(String bootstrapServers, String registryUrl) {
        Map<String, List<ReceivedSpan>> found = new HashMap<>();
        RecordsInKafka.all(bootstrapServers, registryUrl, TopicCatalogue.SPANS, SpanBatch.class)
                .forEach(batch -> found.computeIfAbsent(batch.getTraceId(), id -> new ArrayList<>())
                        .addAll(batch.getSpans()));
        return found;
    }
}
