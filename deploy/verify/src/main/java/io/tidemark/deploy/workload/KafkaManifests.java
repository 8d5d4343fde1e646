package io.tidemark.deploy.workload;

import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.deploy.workload.Workload.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The topics and users of the Kafka cluster as Strimzi's objects, made from the topic catalogue and the workloads. */
public final class KafkaManifests {

    private static final String HEADER =
            "# Made by GeneratedManifestsTest; do not edit. It says how to make it again.\n";
    private static final Duration LONGEST_SEGMENT = Duration.ofDays(1);
    private static final String REGISTRY_TOPIC = "_schemas";

    private KafkaManifests() {}

    /** A KafkaTopic for each topic of the catalogue, dead-letter topics included. */
    public static String topics() {
        StringBuilder text = new StringBuilder(HEADER);
        Stream.concat(TopicCatalogue.all().stream(), TopicCatalogue.deadLetters().stream())
                .forEach(topic -> text.append(topic(topic)));
        return text.toString();
    }

    private static String topic(Topic topic) {
        return """
                ---
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaTopic
                metadata:
                  name: %s
                  labels:
                    strimzi.io/cluster: tidemark
                spec:
                  partitions: %d
                  replicas: 3
                  config:
                    cleanup.policy: %s
                    retention.ms: %d
                    segment.ms: %d
                    message.timestamp.type: LogAppendTime
                    min.insync.replicas: 2
                """
                .formatted(
                        topic.name(),
                        topic.partitions(),
                        topic.cleanup().policy(),
                        topic.retention().toMillis(),
                        LONGEST_SEGMENT.toMillis());
    }

    /** A KafkaUser for each workload that reads or writes a topic, with no more rights than its topics need, and one for the registry. */
    public static String users() {
        StringBuilder text = new StringBuilder(HEADER);
        Workloads.all().stream()
                .filter(workload ->
                        !workload.reads().isEmpty() || !workload.writes().isEmpty())
                .forEach(workload -> text.append(user(workload.name(), rules(workload))));
        text.append(user(
                "registry",
                List.of(
                        rule("topic", REGISTRY_TOPIC, "literal", "All"),
                        rule("topic", "__consumer_offsets", "literal", "Describe"),
                        rule("group", "schema-registry", "prefix", "Read", "Describe"))));
        return text.toString();
    }

    private static List<String> rules(Workload workload) {
        List<String> rules = new ArrayList<>();
        each(workload.reads()).forEach(topic -> rules.add(rule("topic", topic, "literal", "Read", "Describe")));
        each(workload.writes()).forEach(topic -> rules.add(rule("topic", topic, "literal", "Write", "Describe")));
        if (!workload.identity().isEmpty()) {
            rules.add(rule("group", workload.identity(), "prefix", "Read", "Describe"));
            rules.add(rule("transactionalId", workload.identity(), "prefix", "Write", "Describe"));
        }
        if (workload.kind() == Kind.STREAMS) {
            rules.add(rule("topic", workload.identity() + "-", "prefix", "All"));
        }
        return rules;
    }

    private static Collection<String> each(Collection<String> names) {
        return new TreeSet<>(names);
    }

    private static String rule(String type, String name, String pattern, String... operations) {
        String resource = "{type: %s, name: %s, patternType: %s}".formatted(type, name, pattern);
        return "      - resource: %s\n        operations: [%s]\n".formatted(resource, String.join(", ", operations));
    }

    private static String user(String name, List<String> rules) {
        return """
                ---
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaUser
                metadata:
                  name: %s
                  labels:
                    strimzi.io/cluster: tidemark
                spec:
                  authentication:
                    type: scram-sha-512
                  authorization:
                    type: simple
                    acls:
                %s  quotas:
                    # bytes a second and broker: a process that runs wild does not take the others' share
                    producerByteRate: 104857600
                    consumerByteRate: 209715200
                    requestPercentage: 200
                """
                .formatted(name, String.join("", rules));
    }
}
