package io.tidemark.benchmarks.sink;

import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;

/** What the group of a sink has, and how far it has committed the traces of its run. */
final class CommittedRows implements AutoCloseable {

    private final Admin admin;
    private final String group;
    private final String topic;

    CommittedRows(StackEndpoints endpoints, String run) {
        this.admin = Admin.create(endpoints.kafka().client());
        this.group = "tidemark-sink." + run;
        this.topic = TopicCatalogue.TRACES.nameInRun(run);
    }

    /** Whether the sink has got its partitions: it reads from then on. */
    boolean isConsuming() {
        try {
            ConsumerGroupDescription description =
                    admin.describeConsumerGroups(List.of(group)).all().get().get(group);
            return description.groupState() == GroupState.STABLE
                    && description.members().stream()
                            .anyMatch(member ->
                                    !member.assignment().topicPartitions().isEmpty());
        } catch (ExecutionException e) {
            // the group is not there before the sink is
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Traces before the committed offsets of all partitions. */
    long count() {
        try {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                    .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        } catch (ExecutionException e) {
            return 0;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for the sink", e);
    }

    @Override
    public void close() {
        admin.close();
    }
}
