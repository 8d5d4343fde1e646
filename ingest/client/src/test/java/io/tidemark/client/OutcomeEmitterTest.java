package io.tidemark.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.ConfluentSchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No server is there: nothing here may wait for one. */
class OutcomeEmitterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void anOutcomeGetsItsIdAndTheTimeAtWhichItBecameKnown() throws InterruptedException {
        try (OutcomeEmitter emitter = start(EmitterSettings.DEFAULT)) {
            Outcome outcome = OutcomeBuilder.outcome("acme", "thumbs", Traces.FINISHED)
                    .trace("t-1")
                    .label("down")
                    .explanation("I am bob@example.com")
                    .outcome();
            assertThat(emitter.emit(outcome).accepted()).isTrue();
            assertThat(outcome.getObservedTime()).isEqualTo(NOW);
            assertThat(outcome.getOutcomeId()).hasSize(32);
            assertThat(outcome.getExplanation()).isEqualTo("I am [EMAIL]");
            assertThat(emitter.close(Duration.ZERO)).isEqualTo(1);
        }
    }

    @Test
    void whatIsNotAllowedIsAResultThatSaysWhatIs() throws InterruptedException {
        try (OutcomeEmitter emitter = start(EmitterSettings.DEFAULT)) {
            EmitResult result = emitter.emit(
                    OutcomeBuilder.outcome("acme", "csat", Traces.FINISHED).value(0));
            assertThat(result.dropped()).contains(DropReason.INVALID);
            assertThat(result.message())
                    .isEqualTo("trace_id = '' must be set where neither session_id nor version is; "
                            + "value = '0.0' of csat must be a value in [1, 5]");
            assertThat(dropped(DropReason.INVALID)).isEqualTo(1);
        }
    }

    @Test
    void bothEmittersOfAProcessAreCountedApart() throws InterruptedException {
        KafkaClientSettings kafka = KafkaClientSettings.plain("127.0.0.1:1");
        ConfluentSchemaRegistry registry = new ConfluentSchemaRegistry("http://127.0.0.1:1", Map.of());
        try (OutcomeEmitter outcomes = start(EmitterSettings.DEFAULT.withBuffer(1, 1 << 20));
                TraceEmitter traces =
                        TraceEmitter.start(kafka, registry, EmitterSettings.DEFAULT, meters, Clock.systemUTC())) {
            traces.emit(Traces.numbered(1));
            for (int i = 0; i < 3; i++) {
                outcomes.emit(OutcomeBuilder.outcome("acme", "thumbs", Traces.FINISHED)
                        .trace("t-" + i)
                        .value(1));
            }
            assertThat(dropped(DropReason.BUFFER_FULL)).isEqualTo(2);
            assertThat(meters.get("tidemark.client.emitted")
                            .tag("records", "traces")
                            .counter()
                            .count())
                    .isEqualTo(1);
            outcomes.close(Duration.ZERO);
            traces.close(Duration.ZERO);
        }
    }

    private OutcomeEmitter start(EmitterSettings settings) {
        return OutcomeEmitter.start(
                KafkaClientSettings.plain("127.0.0.1:1"),
                new ConfluentSchemaRegistry("http://127.0.0.1:1", Map.of()),
                settings,
                meters,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private double dropped(DropReason reason) {
        return meters.get("tidemark.client.dropped")
                .tag("records", "outcomes")
                .tag("reason", reason.label())
                .counter()
                .count();
    }
}
