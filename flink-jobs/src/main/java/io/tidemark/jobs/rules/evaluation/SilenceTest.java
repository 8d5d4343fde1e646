package io.tidemark.jobs.rules.evaluation;

import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.rules.evaluation.Assessment.State;
import java.time.Duration;

/**
 * A slice that sends nothing although it had been sending: "no errors" must never look like "no data". Slices of which so
 * long a silence is nothing unusual, by their traffic of the hour before, say nothing.
 *
 * @param silence how long nothing must come
 * @param minimumUnits requests that were to be expected in that time
 */
public record SilenceTest(Duration silence, long minimumUnits) implements RuleTest {

    private static final long HOUR_MILLIS = 3_600_000;
    private static final long NEVER = Long.MIN_VALUE;

    @Override
    public SliceTest start() {
        return new LastSeen();
    }

    @Override
    public SliceTest read(ByteReader reader) {
        LastSeen state = new LastSeen();
        state.firstMillis = reader.readSigned();
        state.lastMillis = reader.readSigned();
        state.hour.read(reader);
        return state;
    }

    @Override
    public Duration patience() {
        return memory();
    }

    @Override
    public Duration memory() {
        return Duration.ofHours(24);
    }

    @Override
    public boolean watchesSilence() {
        return true;
    }

    private final class LastSeen implements SliceTest {

        private final CountRing hour = new CountRing(HOUR_MILLIS);
        private long firstMillis = NEVER;
        private long lastMillis = NEVER;

        @Override
        public void add(WindowRow row, long endMillis) {
            if (firstMillis == NEVER) {
                firstMillis = endMillis;
            }
            lastMillis = endMillis;
            hour.add(endMillis, row.getRequests(), 1);
        }

        @Override
        public Assessment assess(long tickMillis) {
            if (lastMillis == NEVER) {
                return Assessment.NONE;
            }
            long quietMillis = tickMillis - lastMillis;
            long seen = hour.first(lastMillis);
            long spanMillis = Math.max(silence.toMillis(), Math.min(HOUR_MILLIS, lastMillis - firstMillis));
            double expected = seen * (double) silence.toMillis() / spanMillis;
            State state = quietMillis < silence.toMillis()
                    ? State.WITHIN
                    : expected >= minimumUnits ? State.BEYOND : State.BETWEEN;
            String note = "nothing for %s; %.0f requests were to be expected in %s"
                    .formatted(Duration.ofMillis(quietMillis), expected, silence);
            return Assessment.plain(state, quietMillis / 1_000.0, silence.toSeconds(), 0, silence.toMillis(), note)
                    .since(lastMillis);
        }

        @Override
        public void write(ByteWriter writer) {
            writer.writeSigned(firstMillis);
            writer.writeSigned(lastMillis);
            hour.write(writer);
        }
    }
}
