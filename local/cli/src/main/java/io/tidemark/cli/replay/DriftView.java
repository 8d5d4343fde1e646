package io.tidemark.cli.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.Drift;
import io.tidemark.contracts.avro.SliceRef;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One drift test in a report.
 *
 * @param kind feature, output, embedding or data_quality
 * @param measure what was tested
 * @param slice slice, by dimension; a dimension that does not slice is left out
 * @param sliceKey the slice as one text, as {@code explainedBy} names it
 * @param windowStart start of the window, ISO 8601
 * @param windowSeconds its length
 * @param baselineId frozen baseline; null for the previous window
 * @param n observations in the window
 * @param effect size of the move; null when insufficient
 * @param effectName what the size is
 * @param pValue p-value
 * @param qValue p-value after the control of false discoveries
 * @param moved whether it moved, whoever caused it
 * @param signal whether it signals
 * @param scope stream, slice, mixture or none
 * @param explainedBy slice that explains the move
 * @param insufficient why nothing was decided
 * @param topics what moved most
 * @param exemplars traces to look at
 */
record DriftView(
        String kind,
        String measure,
        Map<String, String> slice,
        @JsonProperty("slice_key") String sliceKey,
        @JsonProperty("window_start") String windowStart,
        @JsonProperty("window_seconds") int windowSeconds,
        @JsonProperty("baseline_id") String baselineId,
        long n,
        Double effect,
        @JsonProperty("effect_name") String effectName,
        @JsonProperty("p_value") Double pValue,
        @JsonProperty("q_value") Double qValue,
        boolean moved,
        boolean signal,
        String scope,
        @JsonProperty("explained_by") String explainedBy,
        String insufficient,
        List<String> topics,
        @JsonProperty("exemplar_trace_ids") List<String> exemplars) {

    static DriftView of(Drift drift) {
        return new DriftView(
                drift.getKind().name().toLowerCase(Locale.ROOT),
                drift.getMeasure(),
                dimensions(drift.getSlice()),
                SliceKey.of(drift.getSlice()),
                drift.getWindowStart().toString(),
                drift.getWindowSeconds(),
                drift.getBaselineId(),
                drift.getN(),
                drift.getEffect(),
                drift.getEffectName(),
                drift.getPValue(),
                drift.getQValue(),
                drift.getMoved(),
                drift.getSignal(),
                drift.getScope().name().toLowerCase(Locale.ROOT),
                drift.getExplainedBy(),
                drift.getInsufficient(),
                drift.getTopics(),
                drift.getExemplarTraceIds());
    }

    private static Map<String, String> dimensions(SliceRef slice) {
        Map<String, String> dimensions = new TreeMap<>(slice.getLabels());
        dimensions.put("level", slice.getSliceLevel());
        dimensions.put("role", slice.getRole().name().toLowerCase(Locale.ROOT));
        if (slice.getTenant() != null) {
            dimensions.put("tenant", slice.getTenant());
        }
        if (slice.getIntent() != null) {
            dimensions.put("intent", slice.getIntent());
        }
        if (slice.getVersionId() != null) {
            dimensions.put("version_id", slice.getVersionId());
        }
        if (slice.getVersion() != null) {
            dimensions.put("base_model", slice.getVersion().getBaseModel());
            dimensions.put("fine_tune", slice.getVersion().getFineTune());
            dimensions.put("prompt", slice.getVersion().getPrompt());
        }
        return dimensions;
    }
}
