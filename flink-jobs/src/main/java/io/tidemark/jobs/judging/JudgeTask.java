package io.tidemark.jobs.judging;

import io.tidemark.jobs.judging.judge.JudgeSample;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A sampled inference on its way to a judge. Its texts are in the state of the job for as long as the judge takes.
 *
 * @param tenant tenant
 * @param traceId trace
 * @param spanId model-call span; empty without one
 * @param version components of the version tuple, in canonical order
 * @param role name of the traffic role
 * @param intent intent class
 * @param eventMicros when the inference finished, microseconds since the epoch
 * @param weight inferences that this one stands for, at least 1
 * @param textWeight the same among those that carry texts: what a score stands for, at least 1
 * @param sample what the judge gets
 * @param refusal why the judge is not asked; empty when it is
 */
public record JudgeTask(
        String tenant,
        String traceId,
        String spanId,
        List<String> version,
        String role,
        String intent,
        long eventMicros,
        double weight,
        double textWeight,
        JudgeSample sample,
        String refusal) {

    /** Type information for Flink. */
    public static final TypeInformation<JudgeTask> TYPE = TypeInformation.of(JudgeTask.class);

    JudgeTask refusedFor(String reason) {
        return with(JudgeSample.of("", ""), reason);
    }

    /** The same inference with other texts. */
    JudgeTask about(JudgeSample texts) {
        return with(texts, refusal);
    }

    private JudgeTask with(JudgeSample texts, String reason) {
        return new JudgeTask(
                tenant, traceId, spanId, version, role, intent, eventMicros, weight, textWeight, texts, reason);
    }
}
