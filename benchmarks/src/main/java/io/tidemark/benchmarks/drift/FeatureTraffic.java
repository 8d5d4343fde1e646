package io.tidemark.benchmarks.drift;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Traces with many features over several slices, by number, evenly over a time that the last one fills to its end. */
final class FeatureTraffic {

    static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final int CATEGORIES = 12;
    private static final int ONE_IN_FIVE = 5;

    private final int slices;
    private final int features;
    private final long count;
    private final long spanMillis;

    /**
     * Traffic.
     *
     * @param features of which a fifth are categories
     */
    FeatureTraffic(int slices, int features, long count, long spanMillis) {
        this.slices = slices;
        this.features = features;
        this.count = count;
        this.spanMillis = spanMillis;
    }

    Trace trace(long number) {
        SplittableRandom random = new SplittableRandom(number);
        int slice = random.nextInt(slices);
        String tenant = "tenant-" + slice % 10;
        String traceId = Long.toHexString(number * 0x9E3779B97F4A7C15L);
        Map<String, Double> numbers = new LinkedHashMap<>();
        Map<String, String> categories = new LinkedHashMap<>();
        for (int i = 0; i < features; i++) {
            if (i % ONE_IN_FIVE == 0) {
                categories.put("category_" + i, "value-" + Math.abs(random.nextInt(CATEGORIES) - random.nextInt(6)));
            } else {
                numbers.put("feature_" + i, random.nextGaussian() * (1 + i));
            }
        }
        return Trace.newBuilder()
                .setInferenceId(InferenceIds.inferenceId(tenant, traceId, ""))
                .setTraceId(traceId)
                .setTenant(tenant)
                .setEventTime(START.plusMillis((long) ((double) number / (count - 1) * (spanMillis - 1))))
                .setVersion(new VersionTuple("model", "none", "prompt-" + slice / 10, "none", "none", "none", "none")
                        .toAvro())
                .setRole(TrafficRole.PRODUCTION)
                .setIntent("intent-" + random.nextInt(10))
                .setStatus(InferenceStatus.OK)
                .setInputTokens(50L + random.nextInt(4_000))
                .setOutputTokens(20L + random.nextInt(800))
                .setNumericFeatures(numbers)
                .setCategoricalFeatures(categories)
                .build();
    }
}
