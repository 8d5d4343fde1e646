package io.tidemark.jobs.judging;

import io.tidemark.contracts.avro.Review;
import io.tidemark.jobs.judging.judge.Score;
import io.tidemark.jobs.review.Proposal;
import io.tidemark.jobs.review.ReviewWriter;
import io.tidemark.jobs.source.RegistryFactory;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Asks people to look at answers of which a judge and a user say the opposite, whichever comes first. A judged answer waits for
 * its user for a day, without its texts; what a user says waits for a judge for as long as one may take: most answers are not
 * sampled.
 */
final class Contradictions extends KeyedCoProcessFunction<String, Judged, Feedback, Proposal> {

    /** Reason in the record. */
    static final String REASON = "judge_disagreement";

    /** How long a judged answer waits for a user, in event time. */
    static final Duration WAIT_FOR_USER = Duration.ofDays(1);

    private static final long serialVersionUID = 1L;
    private static final long MICROS_PER_MILLI = 1_000;

    private final RegistryFactory registry;
    private final double lowScore;
    private final long waitForJudgeMillis;
    private transient MapState<String, Judged> judgedBy;
    private transient ValueState<Feedback> said;
    private transient ReviewWriter writer;

    /**
     * @param lowScore scores under it are bad, those over one less it are good
     * @param waitForJudge how long what a user says waits for a judge, in event time
     */
    Contradictions(RegistryFactory registry, double lowScore, Duration waitForJudge) {
        this.registry = registry;
        this.lowScore = lowScore;
        this.waitForJudgeMillis = waitForJudge.toMillis();
    }

    @Override
    public void open(OpenContext context) {
        judgedBy = getRuntimeContext().getMapState(new MapStateDescriptor<>("judged-v1", Types.STRING, Judged.TYPE));
        said = getRuntimeContext().getState(new ValueStateDescriptor<>("said-v1", Feedback.TYPE));
        writer = new ReviewWriter(registry.connect());
    }

    @Override
    public void processElement1(Judged judged, Context context, Collector<Proposal> output) throws Exception {
        if (judged.scores().isEmpty()) {
            return;
        }
        judgedBy.put(judged.judge() + judged.task().spanId(), judged.withoutTexts());
        forgetAfter(judged.task().eventMicros() / MICROS_PER_MILLI + WAIT_FOR_USER.toMillis(), context);
        compare(judged, said.value(), context, output);
    }

    @Override
    public void processElement2(Feedback feedback, Context context, Collector<Proposal> output) throws Exception {
        Feedback before = said.value();
        if (before != null && before.knownMillis() > feedback.knownMillis()) {
            return;
        }
        said.update(feedback);
        forgetAfter(
                Math.max(feedback.knownMillis(), context.timerService().currentWatermark()) + waitForJudgeMillis,
                context);
        for (Judged judged : judgedBy.values()) {
            compare(judged, feedback, context, output);
        }
    }

    private void compare(Judged judged, Feedback feedback, Context context, Collector<Proposal> output) {
        long millis = Math.max(
                judged.task().eventMicros() / MICROS_PER_MILLI,
                context.timerService().currentWatermark());
        Optional.ofNullable(feedback)
                .flatMap(user -> review(judged, user, lowScore))
                .map(review -> writer.propose(review, millis))
                .ifPresent(output::collect);
    }

    /** What a person should look at; empty when the two do not say the opposite. */
    static Optional<Review> review(Judged judged, Feedback user, double lowScore) {
        Score lowest = JudgedDoubts.lowest(judged).orElseThrow();
        double doubt = user.good() ? 1 - lowest.value() : lowest.value();
        if (doubt <= 1 - lowScore) {
            return Optional.empty();
        }
        String detail = "%s %.2f by %s, and %s of a user says %s"
                .formatted(lowest.name(), lowest.value(), judged.judge(), user.name(), user.good() ? "good" : "bad");
        return Optional.of(JudgedDoubts.review(judged, REASON, doubt, detail));
    }

    private static void forgetAfter(long millis, Context context) {
        context.timerService().registerEventTimeTimer(millis);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Proposal> output) throws Exception {
        boolean isJudged = false;
        for (Judged judged : judgedBy.values()) {
            isJudged |= judged.task().eventMicros() / MICROS_PER_MILLI + WAIT_FOR_USER.toMillis() > timestamp;
        }
        if (!isJudged) {
            judgedBy.clear();
            said.clear();
        }
    }
}
