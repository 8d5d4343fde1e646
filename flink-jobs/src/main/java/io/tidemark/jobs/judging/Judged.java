package io.tidemark.jobs.judging;

import io.tidemark.jobs.judging.judge.JudgeSample;
import io.tidemark.jobs.judging.judge.Judgement;
import io.tidemark.jobs.judging.judge.Score;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What a judge said of a sampled inference.
 *
 * @param task the inference
 * @param scores what the judge said; empty when it came to no score
 * @param unjudged why there is no score; empty when there is one
 * @param costNanoUsd what it cost, in billionths of a US dollar; -1 when unknown
 * @param judge name of the judge
 * @param version version of the judge
 * @param observedMicros when it was said, microseconds since the epoch
 */
public record Judged(
        JudgeTask task,
        List<Score> scores,
        String unjudged,
        long costNanoUsd,
        String judge,
        String version,
        long observedMicros) {

    /** Type information for Flink. */
    public static final TypeInformation<Judged> TYPE = TypeInformation.of(Judged.class);

    /** The same without what was asked and answered. */
    Judged withoutTexts() {
        return new Judged(
                task.about(JudgeSample.of("", "")), scores, unjudged, costNanoUsd, judge, version, observedMicros);
    }

    static Judged of(JudgeTask task, Judgement judgement, String judge, String version, long observedMicros) {
        return new Judged(
                task,
                judgement.scores(),
                judgement.unjudged(),
                judgement.costNanoUsd(),
                judge,
                version,
                observedMicros);
    }
}
