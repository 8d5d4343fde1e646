package io.tidemark.jobs.canary;

import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.OutcomeSource;
import io.tidemark.contracts.release.GuardrailMeasure;
import io.tidemark.contracts.release.GuardrailMeasures;
import io.tidemark.contracts.trace.Fingerprint;
import io.tidemark.jobs.source.OutcomeSelection;
import io.tidemark.jobs.source.RegistryFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Takes from the outcomes topic what can be a guardrail: numbers in [0, 1] about a trace, from somebody whose outcomes are one.
 * The rest is none of this job's business; what cannot be read is dead-lettered by the sink.
 */
final class ScoreReader extends OutcomeSelection<Score> {

    private static final long serialVersionUID = 1L;

    private transient Map<OutcomeSource, Integer> kinds;

    ScoreReader(RegistryFactory registry) {
        super(registry);
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        super.open(context);
        kinds = kinds();
    }

    private static Map<OutcomeSource, Integer> kinds() {
        Map<OutcomeSource, Integer> kinds = new EnumMap<>(OutcomeSource.class);
        for (GuardrailMeasure measure : GuardrailMeasures.all()) {
            measure.outcomes().ifPresent(source -> kinds.put(source, Cell.VALUES.indexOf(measure.source())));
        }
        return kinds;
    }

    @Override
    protected Optional<Score> select(Outcome outcome) {
        Integer kind = kind(outcome);
        Double value = outcome.getValue();
        boolean isScore = kind != null && value != null && value >= 0 && value <= 1;
        if (!isScore || outcome.getTraceId().isEmpty()) {
            return Optional.empty();
        }
        byte[] id = outcome.getOutcomeId().getBytes(StandardCharsets.UTF_8);
        Instant known = outcome.getObservedTime().isAfter(outcome.getEventTime())
                ? outcome.getObservedTime()
                : outcome.getEventTime();
        return Optional.of(new Score(
                Fingerprint.withinTenant(outcome.getTenant(), outcome.getTraceId()),
                Fingerprint.of(id, 0, id.length),
                kind,
                value,
                known.toEpochMilli()));
    }

    private Integer kind(Outcome outcome) {
        Integer ofPair = outcome.getSource() == OutcomeSource.JUDGE ? Score.kindOfPair(outcome.getName()) : null;
        return ofPair != null ? ofPair : kinds.get(outcome.getSource());
    }

    @Override
    public TypeInformation<Score> getProducedType() {
        return Score.TYPE;
    }
}
