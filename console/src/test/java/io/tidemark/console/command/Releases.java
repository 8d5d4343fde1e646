package io.tidemark.console.command;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Rollout;
import io.tidemark.contracts.avro.RolloutState;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.ReleaseLog;
import io.tidemark.registry.TrustedRecords;
import io.tidemark.testing.KafkaExtension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of releases in the broker of the tests. */
public final class Releases {

    private static final List<Double> LADDER = List.of(5.0, 100.0);

    private final ReleaseLog log;

    private Releases(ReleaseLog log) {
        this.log = log;
    }

    /** Makes the topics. */
    public static Releases in(KafkaExtension kafka) throws Exception {
        TrustedRecords.register();
        try (Admin admin = kafka.admin()) {
            for (NewTopic topic : Stream.of(TopicCatalogue.RELEASES, TopicCatalogue.VERDICTS)
                    .map(each -> new NewTopic(each.name(), 1, (short) 1))
                    .toList()) {
                try {
                    admin.createTopics(List.of(topic)).all().get();
                } catch (java.util.concurrent.ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
        }
        KafkaClientSettings settings = KafkaClientSettings.plain(kafka.bootstrapServers());
        return new Releases(new ReleaseLog(
                new ConfluentSchemaRegistry(kafka.registryUrl(), Map.of()),
                settings.client(),
                settings.producer(),
                ""));
    }

    /** What stands on the topics. */
    public ReleaseLog log() {
        return log;
    }

    /** Starts a rollout. */
    public void start(String id, String tenant, Instant at) {
        log.write(Release.newBuilder()
                .setEventId(id + "-started")
                .setTenant(tenant)
                .setEventTime(at)
                .setActor("cd")
                .setRollout(Rollout.newBuilder()
                        .setReleaseId(id)
                        .setState(RolloutState.STARTED)
                        .setCandidate(VersionTuple.unknown().toAvro())
                        .setControl(VersionTuple.unknown().toAvro())
                        .setLadderPercent(LADDER)
                        .setTargetAdapter("dry-run")
                        .setTarget("support-chat")
                        .build())
                .build());
    }
}
