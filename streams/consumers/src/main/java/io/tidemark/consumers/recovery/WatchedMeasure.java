package io.tidemark.consumers.recovery;

import io.tidemark.contracts.avro.Distribution;
import io.tidemark.contracts.avro.Total;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.release.GuardrailMeasure;
import io.tidemark.contracts.release.GuardrailMeasure.Kind;
import io.tidemark.contracts.release.GuardrailMeasures;
import io.tidemark.statistics.histogram.LogGrid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The measure of an alert, as the windows of a version show it: a rate, a mean, or for a guardrail on a percentile the share
 * of the calls above the percentile that the version had before the incident.
 */
final class WatchedMeasure {

    private final String name;
    private final Optional<GuardrailMeasure> guardrail;
    private final TreeMap<Integer, Long> before = new TreeMap<>();

    WatchedMeasure(String name) {
        this.name = name;
        this.guardrail = GuardrailMeasures.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    /** Whether it is held against what was before. */
    boolean needsHistory() {
        return kind() == Kind.TAIL;
    }

    /** Takes in a minute from before the incident. */
    void learn(WindowRow healthy) {
        Distribution distribution = healthy.getDistributions().get(source());
        if (needsHistory() && distribution != null) {
            List<Integer> indexes = distribution.getIndexes();
            for (int i = 0; i < indexes.size(); i++) {
                before.merge(indexes.get(i), distribution.getCounts().get(i), Long::sum);
            }
        }
    }

    /** Whether there is something to compare with: windows hold no outcomes. */
    boolean isComparable() {
        boolean isOutcome = guardrail.flatMap(GuardrailMeasure::outcomes).isPresent();
        return !isOutcome && (!needsHistory() || !before.isEmpty());
    }

    /** Value of the measure in a window; empty when nothing is known of it. */
    OptionalDouble value(WindowRow row) {
        Total total = row.getTotals().get(source());
        if (total != null) {
            return ratio(total.getValue(), total.getKnown());
        }
        Distribution distribution = row.getDistributions().get(source());
        if (distribution == null || distribution.getKnown() == 0) {
            return OptionalDouble.empty();
        }
        return switch (kind()) {
            case TAIL -> shareAbove(distribution, bar());
            case LOG_MEAN -> geometricMean(distribution);
            default -> ratio(distribution.getSum(), distribution.getKnown());
        };
    }

    private String source() {
        return guardrail.map(each -> each.source().name()).orElse(name);
    }

    private Kind kind() {
        return guardrail.map(GuardrailMeasure::kind).orElse(Kind.RATE);
    }

    /** Bucket that holds the percentile. */
    private int bar() {
        long count = before.values().stream().mapToLong(Long::longValue).sum();
        long rank = (long) Math.ceil(guardrail.orElseThrow().percentile() * count);
        long sofar = 0;
        for (Map.Entry<Integer, Long> bucket : before.entrySet()) {
            sofar += bucket.getValue();
            if (sofar >= rank) {
                return bucket.getKey();
            }
        }
        return before.lastKey();
    }

    private static OptionalDouble shareAbove(Distribution distribution, int bar) {
        long above = 0;
        for (int i = 0; i < distribution.getIndexes().size(); i++) {
            above += distribution.getIndexes().get(i) > bar
                    ? distribution.getCounts().get(i)
                    : 0;
        }
        return ratio(above, distribution.getKnown());
    }

    private static OptionalDouble geometricMean(Distribution distribution) {
        double logarithms = 0;
        for (int i = 0; i < distribution.getIndexes().size(); i++) {
            double value = Math.max(1, LogGrid.value(distribution.getIndexes().get(i)));
            logarithms += Math.log(value) * distribution.getCounts().get(i);
        }
        return OptionalDouble.of(Math.exp(logarithms / distribution.getKnown()));
    }

    private static OptionalDouble ratio(long value, long known) {
        return known == 0 ? OptionalDouble.empty() : OptionalDouble.of(value / (double) known);
    }
}
