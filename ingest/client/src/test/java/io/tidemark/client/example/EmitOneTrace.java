package io.tidemark.client.example;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.client.EmitResult;
import io.tidemark.client.EmitterSettings;
import io.tidemark.client.TraceBuilder;
import io.tidemark.client.TraceEmitter;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.ConfluentSchemaRegistry;
import java.time.Clock;
import java.util.Map;

/** A serving process that reports one inference. */
final class EmitOneTrace {

    private static final VersionTuple VERSION = new VersionTuple(
            "gpt-4o-mini", VersionTuple.NONE, "support-v2", "tools-3", "index-41", "eval-118", "gateway-7");

    private EmitOneTrace() {}

    /** One emitter for the whole process. */
    static TraceEmitter connect(String kafka, String registryUrl, MeterRegistry meters) {
        return TraceEmitter.start(
                KafkaClientSettings.plain(kafka),
                new ConfluentSchemaRegistry(registryUrl, Map.of()),
                EmitterSettings.DEFAULT,
                meters,
                Clock.systemUTC());
    }

    /** One call for each inference, on the request path. */
    static EmitResult report(TraceEmitter emitter, Clock clock) {
        return emitter.emit(TraceBuilder.trace("acme", "4bf92f3577b34da6a3ce929d0e0e4736", clock.instant())
                .version(VERSION)
                .role(TrafficRole.CANARY)
                .intent("billing")
                .status(InferenceStatus.OK)
                .httpStatus(200)
                .timeToFirstTokenMicros(212_000)
                .endToEndMicros(1_840_000)
                .inputTokens(742)
                .outputTokens(131));
    }
}
