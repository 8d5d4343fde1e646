package io.tidemark.benchmarks.canary;

import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.UnknownSchemaException;
import org.apache.avro.Schema;

/** The two schemas that an operator needs when it runs without Kafka. */
final class LocalSchemas implements SchemaRegistry {

    private static final int RELEASE = 1;
    private static final int VERDICT = 2;

    @Override
    public int register(String subject, Schema schema) {
        return subject.equals(TopicCatalogue.RELEASES.subject()) ? RELEASE : VERDICT;
    }

    @Override
    public Schema schemaById(int id) {
        return switch (id) {
            case RELEASE -> Release.getClassSchema();
            case VERDICT -> Verdict.getClassSchema();
            default -> throw new UnknownSchemaException("no schema " + id);
        };
    }
}
