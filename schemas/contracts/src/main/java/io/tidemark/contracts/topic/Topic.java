package io.tidemark.contracts.topic;

import java.time.Duration;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * A Kafka topic of the platform.
 *
 * @param name full name, with its major version
 * @param key what the record key holds, for people
 * @param partitions partitions in production; a smaller installation may use fewer
 * @param retention how long records are kept, by append time
 * @param cleanup what happens to old records
 * @param schema value schema; empty for topics that hold the bytes of other topics, or JSON
 */
public record Topic(
        String name, String key, int partitions, Duration retention, Cleanup cleanup, Optional<Schema> schema) {

    /** What the broker does with old records. */
    public enum Cleanup {
        DELETE,
        COMPACT;

        /** Value of the broker's {@code cleanup.policy}. */
        public String policy() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Subject of the value schema in the registry: the topic name strategy of Confluent's serializers. */
    public String subject() {
        return name + "-value";
    }

    /** Name of the topic that holds this topic's refused records. */
    public String deadLetterName() {
        return name + ".dlq";
    }

    /** This topic under the name that one replay run uses, so that runs never mix with live traffic. */
    public String nameInRun(String run) {
        return run.isEmpty() ? name : name + "." + run;
    }
}
