package io.tidemark.stack;

import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** The one place that creates the topics of the catalogue. */
public final class Topics {

    /** A segment is deleted as a whole, so its age bounds by how much records outlive their retention. */
    private static final Duration LONGEST_SEGMENT = Duration.ofDays(1);

    private static final int ATTEMPTS = 6;
    private static final int ANSWER_MILLIS = 15_000;
    private static final String NEVER = "-1";

    private Topics() {}

    /**
     * Creates the topics that do not exist yet: those of the catalogue, under the names of a run, and the dead-letter topics, whose
     * names no run changes. Topics of a run never expire, because their event times may lie years back. Topics that exist are left
     * as they are.
     *
     * @param run name of the replay run, empty for live traffic
     * @param mostPartitions no topic gets more partitions than this, at least 1
     * @return names of all these topics
     * @throws StackException when the broker refuses one, or does not answer
     */
    public static List<String> create(Admin admin, String run, int mostPartitions) {
        List<NewTopic> topics = new ArrayList<>();
        for (Topic topic : TopicCatalogue.all()) {
            topics.add(definition(topic, run, mostPartitions));
        }
        for (Topic topic : TopicCatalogue.deadLetters()) {
            topics.add(definition(topic, "", mostPartitions));
        }
        int attempt = 1;
        while (!areCreated(admin, topics, attempt == ATTEMPTS)) {
            attempt++;
        }
        return topics.stream().map(NewTopic::name).toList();
    }

    /** A broker that has just come back may leave a request without an answer; asking again is harmless. */
    private static boolean areCreated(Admin admin, List<NewTopic> topics, boolean isLastAttempt) {
        CreateTopicsResult result = admin.createTopics(topics, new CreateTopicsOptions().timeoutMs(ANSWER_MILLIS));
        for (Map.Entry<String, KafkaFuture<Void>> topic : result.values().entrySet()) {
            if (!isCreated(topic.getKey(), topic.getValue(), isLastAttempt)) {
                return false;
            }
        }
        return true;
    }

    /** As {@link #create(Admin, String, int)}, with a client of its own. */
    public static List<String> create(String bootstrapServers, String run, int mostPartitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return create(admin, run, mostPartitions);
        }
    }

    private static NewTopic definition(Topic topic, String run, int mostPartitions) {
        int partitions = Math.min(topic.partitions(), mostPartitions);
        String retention = run.isEmpty() ? Long.toString(topic.retention().toMillis()) : NEVER;
        return new NewTopic(topic.nameInRun(run), Optional.of(partitions), Optional.empty())
                .configs(Map.of(
                        "cleanup.policy",
                        topic.cleanup().policy(),
                        "retention.ms",
                        retention,
                        "segment.ms",
                        Long.toString(LONGEST_SEGMENT.toMillis()),
                        "message.timestamp.type",
                        "LogAppendTime"));
    }

    private static boolean isCreated(String name, KafkaFuture<Void> created, boolean isLastAttempt) {
        try {
            created.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return true;
            }
            if (e.getCause() instanceof RetriableException && !isLastAttempt) {
                return false;
            }
            throw new StackException(
                    "Topic %s cannot be created: %s"
                            .formatted(name, e.getCause().getMessage()),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while topic %s was created.".formatted(name), e);
        }
    }
}
