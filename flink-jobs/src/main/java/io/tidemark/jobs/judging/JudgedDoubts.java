package io.tidemark.jobs.judging;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.Review;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.review.ReviewIds;
import io.tidemark.jobs.judging.judge.Judgement;
import io.tidemark.jobs.judging.judge.Score;
import io.tidemark.jobs.review.Proposal;
import io.tidemark.jobs.review.ReviewWriter;
import io.tidemark.jobs.source.RegistryFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Asks people to look at answers that a judge gave a low score, and at those of which a judge that was asked could not say
 * anything. An answer without text, or one that was not asked about, says nothing about the answer and is not proposed.
 */
final class JudgedDoubts extends RichFlatMapFunction<Judged, Proposal> {

    /** Reason of an answer with a low score. */
    static final String LOW_SCORE = "low_score";

    /** Reason of an answer that a judge could not judge. */
    static final String UNJUDGED = "unjudged";

    private static final long serialVersionUID = 1L;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final Set<String> UNJUDGEABLE = Set.of(Judgement.NONSENSE, Judgement.REFUSED_BY_JUDGE);

    private final RegistryFactory registry;
    private final double below;
    private transient ReviewWriter writer;

    /** @param below scores under it are low, in [0, 1]; 0 for none */
    JudgedDoubts(RegistryFactory registry, double below) {
        this.registry = registry;
        this.below = below;
    }

    @Override
    public void open(OpenContext context) {
        writer = new ReviewWriter(registry.connect());
    }

    @Override
    public void flatMap(Judged judged, Collector<Proposal> output) {
        review(judged, below)
                .map(review -> writer.propose(review, judged.task().eventMicros() / MICROS_PER_MILLI))
                .ifPresent(output::collect);
    }

    static Optional<Review> review(Judged judged, double below) {
        if (UNJUDGEABLE.contains(judged.unjudged())) {
            return Optional.of(review(
                    judged,
                    UNJUDGED,
                    null,
                    "the judge %s could not judge it: %s".formatted(judged.judge(), judged.unjudged())));
        }
        Optional<Score> lowest = lowest(judged).filter(score -> score.value() < below);
        return lowest.map(score -> review(
                judged,
                LOW_SCORE,
                1 - score.value(),
                "%s %.2f by %s".formatted(score.name(), score.value(), judged.judge())));
    }

    /** What a judge liked least; empty without scores. */
    static Optional<Score> lowest(Judged judged) {
        return judged.scores().stream().min(Comparator.comparingDouble(Score::value));
    }

    static Review review(Judged judged, String reason, Double doubt, String detail) {
        JudgeTask task = judged.task();
        String source = "judge/" + judged.judge();
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("judge_version", judged.version());
        judged.scores().forEach(score -> attributes.put(score.name(), Double.toString(score.value())));
        return Review.newBuilder()
                .setReviewId(ReviewIds.reviewId(task.tenant(), task.traceId(), source, reason))
                .setTenant(task.tenant())
                .setTraceId(task.traceId())
                .setInferenceIds(List.of(InferenceIds.inferenceId(task.tenant(), task.traceId(), task.spanId())))
                .setSlice(ReviewWriter.slice(
                        task.tenant(),
                        JudgedOutcomes.version(task.version()),
                        task.intent(),
                        TrafficRole.valueOf(task.role())))
                .setReason(reason)
                .setSource(source)
                .setEventTime(Instant.EPOCH.plus(task.eventMicros(), ChronoUnit.MICROS))
                .setObservedTime(Instant.EPOCH.plus(judged.observedMicros(), ChronoUnit.MICROS))
                .setDoubt(doubt)
                .setDetail(detail)
                .setAttributes(attributes)
                .build();
    }
}
