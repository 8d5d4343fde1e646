package io.tidemark.jobs.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.trace.ProjectedTrace;
import io.tidemark.contracts.trace.TraceProjection;
import io.tidemark.jobs.source.FixedSchemas;
import io.tidemark.jobs.windows.Traces;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StratifiedSamplerTest {

    private static final SampleSettings SETTINGS =
            new SampleSettings(new SampleRate(0.05, 100), Map.of("loud", new SampleRate(0.01, 0)), Duration.ofHours(1));

    private final AvroSerializer<Trace> serializer = FixedSchemas.serializer();
    private final TraceProjection projection = TraceProjection.compile(Trace.getClassSchema(), Set.of());
    private final ProjectedTrace projected = new ProjectedTrace();

    private double weight(StratifiedSampler sampler, String tenant, String id, long eventMillis) throws Exception {
        byte[] bytes = serializer.serialize("traces", Traces.of(tenant, id, eventMillis));
        projection.read(bytes, WireFormat.HEADER_BYTES, projected);
        return sampler.weight(projected);
    }

    private List<Double> weights(StratifiedSampler sampler, String tenant, int inferences) throws Exception {
        List<Double> weights = new ArrayList<>();
        for (int i = 0; i < inferences; i++) {
            weights.add(weight(sampler, tenant, "t" + i, 1_000));
        }
        return weights;
    }

    @Test
    void aRareStratumIsTakenWhole() throws Exception {
        StratifiedSampler sampler = new StratifiedSampler(SETTINGS);

        weights(sampler, "big", 2_000);

        assertThat(weights(sampler, "rare", 100)).containsOnly(1.0);
    }

    @Test
    void sumsOfWeightsEstimateTheWholeTraffic() throws Exception {
        List<Double> weights = weights(new StratifiedSampler(SETTINGS), "big", 20_000);

        // 100 + 100 ln(20) with the floor, then 0.05 x 18,000
        assertThat(weights.stream().filter(weight -> weight > 0)).hasSizeBetween(1_150, 1_450);
        assertThat(weights.stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(20_000, within(1_500.0));
    }

    @Test
    void theSameInferencesAreTakenEverywhereAndAtALowerRateASubsetOfThem() throws Exception {
        SampleSettings half = new SampleSettings(new SampleRate(0.5, 0), Map.of(), Duration.ofHours(1));
        SampleSettings tenth = new SampleSettings(new SampleRate(0.1, 0), Map.of(), Duration.ofHours(1));

        Set<Integer> taken = taken(weights(new StratifiedSampler(half), "big", 1_000));

        assertThat(taken).hasSizeBetween(450, 550);
        assertThat(taken(weights(new StratifiedSampler(half), "big", 1_000))).isEqualTo(taken);
        assertThat(taken).containsAll(taken(weights(new StratifiedSampler(tenth), "big", 1_000)));
    }

    private static Set<Integer> taken(List<Double> weights) {
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < weights.size(); i++) {
            if (weights.get(i) > 0) {
                taken.add(i);
            }
        }
        return taken;
    }

    @Test
    void aTenantCanHaveARateOfItsOwn() throws Exception {
        List<Double> weights = weights(new StratifiedSampler(SETTINGS), "loud", 5_000);

        assertThat(taken(weights)).hasSizeBetween(20, 90);
        assertThat(weights).filteredOn(weight -> weight > 0).containsOnly(100.0);
    }

    @Test
    void theFloorIsFilledAnewInEachPeriod() throws Exception {
        StratifiedSampler sampler = new StratifiedSampler(SETTINGS);
        weights(sampler, "big", 2_000);

        assertThat(weight(sampler, "big", "next", 3_600_000)).isEqualTo(1);
    }

    @Test
    void aRestoredSamplerGoesOn() throws Exception {
        StratifiedSampler whole = new StratifiedSampler(SETTINGS);
        weights(whole, "big", 1_000);
        StratifiedSampler restored = new StratifiedSampler(SETTINGS);
        restored.restore(whole.snapshot());

        assertThat(weights(restored, "big", 500)).isEqualTo(weights(whole, "big", 500));
    }

    @Test
    void tooManyStrataShareOne() throws Exception {
        StratifiedSampler sampler = new StratifiedSampler(SETTINGS);
        for (int i = 0; i < StratifiedSampler.MAXIMUM_STRATA; i++) {
            weight(sampler, "tenant-" + i, "t", 1_000);
        }

        List<Double> over = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            over.add(weight(sampler, "over-" + i, "t" + i, 1_000));
        }

        assertThat(taken(over)).hasSizeBetween(300, 600);
    }

    @Test
    void settingsComeFromTheConfiguration() {
        SampleSettings.Keys keys = SampleSettings.Keys.of("drift.sampling", SETTINGS);

        SampleSettings settings = keys.from(Configuration.load(
                keys.all(), Map.of(), List.of("--drift.sampling.rate=0.2", "--drift.sampling.slice.a/chat=1:7")));

        assertThat(settings.of("a", "chat")).isEqualTo(new SampleRate(1, 7));
        assertThat(settings.of("a", "other")).isEqualTo(new SampleRate(0.2, 100));
        assertThatThrownBy(() ->
                        keys.from(Configuration.load(keys.all(), Map.of(), List.of("--drift.sampling.slice.a=2"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("drift.sampling.slice.a = '2' must be rate:floor; example value: 0.05:500");
    }
}
