package io.tidemark.cli.replay;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stream.GroupOffsets;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** What a run leaves behind beside its rows: topics, a consumer group, checkpoints. A failed run keeps them, for those who look into it. */
final class RunRemains {

    private static final String ALERTS_GROUP = "tidemark-alerts.";

    private final StackEndpoints endpoints;
    private final DataDirectory data;
    private final String run;

    RunRemains(StackEndpoints endpoints, DataDirectory data, String run) {
        this.endpoints = endpoints;
        this.data = data;
        this.run = run;
    }

    void remove() {
        try (Admin admin = Admin.create(endpoints.kafka().client())) {
            admin.deleteTopics(topics(admin)).all().get();
            for (String group : List.of(GroupOffsets.sinkGroup(run), ALERTS_GROUP + run)) {
                delete(admin, group);
            }
        } catch (ExecutionException e) {
            throw new CommandFailure(
                    "all is stored, but the topics of run '%s' cannot be deleted: %s"
                            .formatted(run, e.getCause().getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while the topics of run '%s' were deleted".formatted(run), e);
        }
        data.deleteRun(run);
    }

    /** A member that was killed is a member for some seconds more; Kafka forgets a group without topics by itself. */
    private static void delete(Admin admin, String group) throws ExecutionException, InterruptedException {
        if (new GroupOffsets(admin, group).committed().isEmpty()) {
            return;
        }
        try {
            admin.deleteConsumerGroups(List.of(group)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupNotEmptyException)) {
                throw e;
            }
        }
    }

    /** Those of the catalogue, and those that Kafka Streams made for itself. */
    private List<String> topics(Admin admin) throws ExecutionException, InterruptedException {
        List<String> topics = new ArrayList<>(
                TopicCatalogue.all().stream().map(topic -> topic.nameInRun(run)).toList());
        admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(ALERTS_GROUP + run + "-"))
                .forEach(topics::add);
        return topics;
    }
}
