package io.tidemark.deploy.workload;

import io.tidemark.contracts.topic.Topic;
import io.tidemark.platform.config.ConfigurationKey;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Something that the platform runs on Kubernetes.
 *
 * @param name name of its Deployment or FlinkDeployment, and of its Kafka user
 * @param kind what runs it
 * @param mainClass where it starts
 * @param keys its settings
 * @param identity prefix of its consumer groups and transactional ids, and of the topics that Kafka Streams makes for it; empty
 *     for one that only produces
 * @param reads names of the topics that it reads
 * @param writes names of the topics that it writes
 */
public record Workload(
        String name,
        Kind kind,
        Class<?> mainClass,
        List<ConfigurationKey<?>> keys,
        String identity,
        Set<String> reads,
        Set<String> writes) {

    /** What runs a workload. */
    public enum Kind {
        /** A Deployment of the image of the services. */
        SERVICE,
        /** The same, with Kafka Streams' own topics. */
        STREAMS,
        /** A FlinkDeployment. */
        FLINK_JOB,
        /** A Job: runs once and ends. */
        ONCE;

        /** Kind of the object that runs it. */
        public String object() {
            return switch (this) {
                case SERVICE, STREAMS -> "Deployment";
                case FLINK_JOB -> "FlinkDeployment";
                case ONCE -> "Job";
            };
        }
    }

    public Workload {
        keys = List.copyOf(keys);
        reads = Set.copyOf(reads);
        writes = Set.copyOf(writes);
    }

    static Set<String> names(Topic... topics) {
        return new TreeSet<>(Stream.of(topics).map(Topic::name).toList());
    }

    static Set<String> and(Set<String> names, String... more) {
        TreeSet<String> all = new TreeSet<>(names);
        all.addAll(List.of(more));
        return all;
    }
}
