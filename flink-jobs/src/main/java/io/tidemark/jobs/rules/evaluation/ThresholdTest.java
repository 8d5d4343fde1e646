package io.tidemark.jobs.rules.evaluation;

import io.tidemark.contracts.avro.Distribution;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.rules.evaluation.Assessment.State;
import java.time.Duration;

/**
 * A statistic of each pane that stays on the wrong side of a threshold for a while, with hysteresis: it begins at one
 * value and ends at another. For signals that steer, such as autoscaling, where being wrong now and then costs little; it
 * is no statistical test.
 *
 * @param measure a distribution of the catalogue
 * @param statistic what of it
 * @param threshold value at which a breach begins, in the unit of the measure
 * @param clear value at which it ends
 * @param below whether low values are the wrong ones
 * @param sustained how long every pane must be on the wrong side
 * @param cleared how long every pane must be back
 * @param minimumUnits values that a pane must hold; panes with fewer say nothing
 */
public record ThresholdTest(
        String measure,
        Statistic statistic,
        double threshold,
        double clear,
        boolean below,
        Duration sustained,
        Duration cleared,
        long minimumUnits)
        implements RuleTest {

    private static final long PANE_MILLIS = 10_000;
    private static final long NEVER = Long.MIN_VALUE;

    @Override
    public SliceTest start() {
        return new Streak();
    }

    @Override
    public SliceTest read(ByteReader reader) {
        Streak streak = new Streak();
        streak.wrongSinceMillis = reader.readSigned();
        streak.rightSinceMillis = reader.readSigned();
        streak.lastMillis = reader.readSigned();
        streak.lastUnits = reader.readUnsigned();
        streak.lastValue = Double.longBitsToDouble(reader.readLong());
        return streak;
    }

    @Override
    public Duration memory() {
        return Duration.ofHours(1);
    }

    private boolean isWrong(double value) {
        return below ? value < threshold : value > threshold;
    }

    private boolean isRight(double value) {
        return below ? value >= clear : value <= clear;
    }

    /** How long the panes have been where they are. */
    private final class Streak implements SliceTest {

        private long wrongSinceMillis = NEVER;
        private long rightSinceMillis = NEVER;
        private long lastMillis = NEVER;
        private long lastUnits;
        private double lastValue = Double.NaN;

        @Override
        public void add(WindowRow row, long endMillis) {
            Distribution values = row.getDistributions().get(measure);
            double value = statistic.of(measure, values);
            if (Double.isNaN(value) || values.getKnown() < minimumUnits) {
                return;
            }
            boolean isGap = lastMillis == NEVER || endMillis - lastMillis > sustained.toMillis();
            wrongSinceMillis = since(isWrong(value), isGap ? NEVER : wrongSinceMillis, endMillis);
            rightSinceMillis = since(isRight(value), isGap ? NEVER : rightSinceMillis, endMillis);
            lastMillis = endMillis;
            lastUnits = values.getKnown();
            lastValue = value;
        }

        private static long since(boolean holds, long sinceMillis, long endMillis) {
            if (!holds) {
                return NEVER;
            }
            return sinceMillis == NEVER ? endMillis - PANE_MILLIS : sinceMillis;
        }

        @Override
        public Assessment assess(long tickMillis) {
            if (lastMillis == NEVER) {
                return Assessment.NONE;
            }
            String note = "%s %s".formatted(statistic.text(), below ? "below" : "above");
            return Assessment.plain(state(tickMillis), lastValue, threshold, lastUnits, sustained.toMillis(), note)
                    .since(wrongSinceMillis);
        }

        private State state(long tickMillis) {
            boolean isFresh = tickMillis - lastMillis < sustained.toMillis();
            if (isFresh && wrongSinceMillis != NEVER && lastMillis - wrongSinceMillis >= sustained.toMillis()) {
                return State.BEYOND;
            }
            boolean isBack = rightSinceMillis != NEVER && lastMillis - rightSinceMillis >= cleared.toMillis();
            return isBack ? State.WITHIN : State.BETWEEN;
        }

        @Override
        public void write(ByteWriter writer) {
            writer.writeSigned(wrongSinceMillis);
            writer.writeSigned(rightSinceMillis);
            writer.writeSigned(lastMillis);
            writer.writeUnsigned(lastUnits);
            writer.writeDouble(lastValue);
        }
    }
}
