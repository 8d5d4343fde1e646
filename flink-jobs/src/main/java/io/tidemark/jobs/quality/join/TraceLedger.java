package io.tidemark.jobs.quality.join;

import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.outcome.OutcomeCatalogue;
import io.tidemark.contracts.outcome.OutcomeKind;
import io.tidemark.jobs.quality.measure.Cohort;
import io.tidemark.jobs.quality.measure.QualityMeasures;
import io.tidemark.jobs.quality.measure.QualitySlice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What is remembered of one trace, or of one session: its sampled inferences, the outcomes that count for them at each
 * label age, and those that wait. Outcomes are taken in the order in which they became known, when time has come to them;
 * of two that are about the same thing the last one counts. Mutable.
 */
public final class TraceLedger {

    private static final long MICROS_PER_MILLI = 1_000;
    private static final Comparator<Learned> BY_TIME =
            Comparator.comparingLong(Learned::observedMicros).thenComparingLong(Learned::id);

    final List<Prediction> predictions = new ArrayList<>();
    final List<Learned> waiting = new ArrayList<>();
    final Map<Subject, Learned[]> settled = new TreeMap<>();
    /** Sessions only: whether its inference, the first one, has been chosen. */
    boolean opened;

    /**
     * What an outcome is about.
     *
     * @param inferenceId inference, or empty for an outcome that carries its own slice
     */
    record Subject(String inferenceId, String spanId, String name, String category) implements Comparable<Subject> {

        private static final Comparator<Subject> ORDER = Comparator.comparing(Subject::inferenceId)
                .thenComparing(Subject::spanId)
                .thenComparing(Subject::name)
                .thenComparing(Subject::category);

        @Override
        public int compareTo(Subject other) {
            return ORDER.compare(this, other);
        }
    }

    /** Where an inference or outcome comes from, and where increments go. */
    public record Context(
            JoinRules rules, String tenant, boolean isSession, long nowMillis, Consumer<Increment> target) {

        private String unit() {
            return isSession ? Increment.SESSION : Increment.INFERENCE;
        }
    }

    /** Takes an inference; one that is known already changes nothing. */
    public void add(Prediction prediction, Context context) {
        boolean isKnown = opened
                || predictions.stream().anyMatch(each -> each.inferenceId().equals(prediction.inferenceId()));
        if (isKnown) {
            return;
        }
        predictions.add(prediction);
        if (!context.isSession) {
            count(prediction, context);
        }
        advance(context);
    }

    /** Takes an outcome. */
    public void add(Learned learned, Context context) {
        waiting.add(learned);
        advance(context);
    }

    /** Lets outcomes count to whose time the stream has come. */
    public void advance(Context context) {
        if (context.isSession) {
            open(context);
        }
        List<Learned> due = waiting.stream()
                .filter(each -> millis(each.observedMicros()) <= context.nowMillis)
                .sorted(BY_TIME)
                .toList();
        for (Learned learned : due) {
            Prediction about = about(learned, context.isSession);
            if (about != null) {
                waiting.remove(learned);
                settle(learned, about, context);
            }
        }
    }

    private void open(Context context) {
        Prediction first = predictions.stream()
                .filter(each -> millis(each.eventMicros()) <= context.nowMillis)
                .min(Comparator.comparingLong(Prediction::eventMicros).thenComparing(Prediction::inferenceId))
                .orElse(null);
        if (opened || first == null) {
            return;
        }
        opened = true;
        predictions.removeIf(each -> each != first);
        count(first, context);
    }

    private void count(Prediction prediction, Context context) {
        List<Contribution> parts = Contribution.of(prediction, context.rules.positiveClass());
        for (Contribution part : parts) {
            if (!context.isSession || part.measure().equals(QualityMeasures.POPULATION)) {
                long time = prediction.eventMicros();
                context.target.accept(increment(part, prediction, context, 0, time, prediction.weight(), 1));
            }
        }
    }

    /** The inference that an outcome is about; without a span it is the first one of the trace that is known. */
    private Prediction about(Learned learned, boolean isSession) {
        if (carriesItsSlice(learned)) {
            long time = learned.inferenceMicros() > 0 ? learned.inferenceMicros() : learned.observedMicros();
            return new Prediction("", "", time, learned.slice(), "", 1, "", Double.NaN, -1);
        }
        if (isSession) {
            return opened ? predictions.get(0) : null;
        }
        return predictions.stream()
                .filter(each -> learned.spanId().isEmpty() || learned.spanId().equals(each.spanId()))
                .min(Comparator.comparingLong(Prediction::eventMicros).thenComparing(Prediction::inferenceId))
                .orElse(null);
    }

    /** Feedback that brings its slice counts for itself, sampled or not; what is compared with a prediction cannot. */
    private static boolean carriesItsSlice(Learned learned) {
        OutcomeKind kind = OutcomeCatalogue.outcome(learned.name()).kind();
        return !learned.slice().isEmpty() && kind != OutcomeKind.CLASS;
    }

    private void settle(Learned learned, Prediction about, Context context) {
        JoinRules rules = context.rules;
        Subject subject = new Subject(about.inferenceId(), learned.spanId(), learned.name(), learned.category());
        int ages = rules.labelAges().size();
        long delay = learned.observedMicros() - about.eventMicros();
        if (!rules.isInTime(ages - 1, delay)) {
            refuse("too_late", context.tenant, learned.observedMicros(), context);
            return;
        }
        Learned[] current = settled.computeIfAbsent(subject, unused -> new Learned[ages]);
        if (Stream.of(current).anyMatch(each -> each != null && !each.agreesWith(learned))) {
            refuse("contradicted", context.tenant, learned.observedMicros(), context);
        }
        for (int age = 0; age < ages; age++) {
            if (rules.isInTime(age, delay) && (current[age] == null || learned.isAfter(current[age]))) {
                replace(current[age], learned, about, age, context);
                current[age] = learned;
            }
        }
    }

    private void replace(Learned before, Learned after, Prediction about, int age, Context context) {
        if (before != null && before.agreesWith(after)) {
            return;
        }
        long time = Math.max(after.observedMicros(), about.eventMicros());
        if (before != null) {
            emit(before, about, age, time, -1, context);
        }
        emit(after, about, age, time, 1, context);
    }

    private void emit(Learned learned, Prediction about, int age, long time, int sign, Context context) {
        double weight = Double.isNaN(learned.weight()) ? about.weight() : learned.weight();
        int days = context.rules.labelAges().get(age);
        for (Contribution part : Contribution.of(learned, about, context.rules.positiveClass())) {
            context.target.accept(increment(part, about, context, days, time, weight, sign));
        }
    }

    private static Increment increment(
            Contribution part, Prediction about, Context context, int ageDays, long micros, double weight, int sign) {
        return new Increment(
                about.slice(),
                about.groups(),
                JoinRules.dayOf(millis(about.eventMicros())),
                millis(micros),
                part.measure(),
                part.category(),
                ageDays,
                context.unit(),
                part.bin(),
                weight,
                part.part(),
                sign);
    }

    /** Counts an outcome that is not used, or not any more. */
    private static void refuse(String reason, String tenant, long micros, Context context) {
        context.target.accept(unused(reason, tenant, micros));
    }

    /** One more outcome that is not used. */
    public static Increment unused(String reason, String tenant, long observedMicros) {
        long millis = millis(observedMicros);
        String slice = QualitySlice.ofTenant(TrafficRole.UNKNOWN, tenant).text();
        long day = JoinRules.dayOf(millis);
        return new Increment(
                slice, "", day, millis, QualityMeasures.UNUSED, reason, 0, Increment.INFERENCE, Cohort.MEAN, 1, 1, 1);
    }

    /** Forgets what is older than the bound; outcomes that found no inference are counted. */
    public void expire(Context context) {
        JoinRules rules = context.rules;
        predictions.removeIf(each -> rules.expiryOf(millis(each.eventMicros())) <= context.nowMillis);
        settled.entrySet().removeIf(entry -> isForgotten(entry.getKey(), entry.getValue(), context));
        for (Iterator<Learned> each = waiting.iterator(); each.hasNext(); ) {
            Learned learned = each.next();
            if (rules.expiryOf(millis(learned.observedMicros())) <= context.nowMillis) {
                each.remove();
                refuse("unknown_trace", context.tenant, context.nowMillis * MICROS_PER_MILLI - 1, context);
            }
        }
    }

    private boolean isForgotten(Subject subject, Learned[] values, Context context) {
        if (!subject.inferenceId().isEmpty()) {
            return predictions.stream().noneMatch(each -> each.inferenceId().equals(subject.inferenceId()));
        }
        return Stream.of(values)
                .filter(Objects::nonNull)
                .allMatch(each -> context.rules.expiryOf(millis(each.observedMicros())) <= context.nowMillis);
    }

    /** Whether nothing is left to remember. */
    public boolean isEmpty() {
        return predictions.isEmpty() && waiting.isEmpty() && settled.isEmpty();
    }

    private static long millis(long micros) {
        return Math.floorDiv(micros, MICROS_PER_MILLI);
    }
}
