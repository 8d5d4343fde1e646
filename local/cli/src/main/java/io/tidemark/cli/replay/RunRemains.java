package io.tidemark.cli.replay;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stream.GroupOffsets;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** What a run leaves behind beside its rows: topics, a consumer group, checkpoints. A failed run keeps them, for those who look into it. */
final class RunRemains {

    private final StackEndpoints endpoints;
    private final DataDirectory data;
    private final String run;

    RunRemains(StackEndpoints endpoints, DataDirectory data, String run) {
        this.endpoints = endpoints;
        this.data = data;
        this.run = run;
    }

    void remove() {
        List<String> topics =
                TopicCatalogue.all().stream().map(topic -> topic.nameInRun(run)).toList();
        try (Admin admin = Admin.create(endpoints.kafka().client())) {
            admin.deleteTopics(topics).all().get();
            if (!new GroupOffsets(admin, GroupOffsets.sinkGroup(run))
                    .committed()
                    .isEmpty()) {
                admin.deleteConsumerGroups(List.of(GroupOffsets.sinkGroup(run)))
                        .all()
                        .get();
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
}
