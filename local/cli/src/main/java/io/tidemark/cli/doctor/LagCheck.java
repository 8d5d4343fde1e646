package io.tidemark.cli.doctor;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stream.GroupOffsets;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;

/** How many records wait for the sink. */
final class LagCheck {

    private static final long MUCH = 100_000;

    private LagCheck() {}

    static Finding ofSink(StackEndpoints endpoints) {
        Properties properties = endpoints.kafka().client();
        try (Admin admin = Admin.create(properties)) {
            List<String> topics =
                    TopicCatalogue.withSchema().stream().map(Topic::name).toList();
            long lag = new GroupOffsets(admin, GroupOffsets.sinkGroup("")).lag(topics);
            String observed = "%,d records wait to be stored".formatted(lag);
            return lag < MUCH
                    ? Finding.ok("sink lag", observed)
                    : Finding.warning(
                            "sink lag",
                            observed,
                            "if this does not shrink, the sink or ClickHouse is slow or down; see their logs");
        } catch (CommandFailure e) {
            return Finding.warning("sink lag", e.getMessage(), "start the stack with ./tidemark up");
        }
    }
}
