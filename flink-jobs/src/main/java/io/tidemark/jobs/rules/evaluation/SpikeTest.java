package io.tidemark.jobs.rules.evaluation;

import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.rules.evaluation.Assessment.State;
import java.time.Duration;

/**
 * Much more of something than the slice usually has: a noisy tenant. Traffic has a daily cycle, so that the usual is that of
 * a whole day, and a slice that is younger says nothing.
 *
 * @param quantity what there is too much of
 * @param factor multiple of the usual at which a breach begins, above 1
 * @param window length of the window that is compared
 * @param usual length of the window that it is compared with
 * @param minimumUnits requests that the window must hold
 */
public record SpikeTest(Quantity quantity, double factor, Duration window, Duration usual, long minimumUnits)
        implements RuleTest {

    private static final long NEVER = Long.MIN_VALUE;

    @Override
    public SliceTest start() {
        return new Amounts();
    }

    @Override
    public SliceTest read(ByteReader reader) {
        Amounts state = new Amounts();
        state.firstMillis = reader.readSigned();
        state.recent.read(reader);
        state.whole.read(reader);
        return state;
    }

    @Override
    public Duration memory() {
        return usual.plus(window);
    }

    private final class Amounts implements SliceTest {

        private final CountRing recent = new CountRing(window.toMillis());
        private final CountRing whole = new CountRing(usual.toMillis());
        private long firstMillis = NEVER;

        @Override
        public void add(WindowRow row, long endMillis) {
            if (firstMillis == NEVER) {
                firstMillis = endMillis;
            }
            long amount = quantity.of(row);
            recent.add(endMillis, amount, row.getRequests());
            whole.add(endMillis, amount, row.getRequests());
        }

        @Override
        public Assessment assess(long tickMillis) {
            if (firstMillis == NEVER || tickMillis - firstMillis < usual.toMillis()) {
                return Assessment.NONE;
            }
            long amount = recent.first(tickMillis);
            long earlier = whole.first(tickMillis) - amount;
            double expected = earlier * (double) window.toMillis() / (usual.toMillis() - window.toMillis());
            if (expected <= 0) {
                return Assessment.NONE;
            }
            double multiple = amount / expected;
            boolean isBeyond = multiple >= factor && recent.second(tickMillis) >= minimumUnits;
            State state = isBeyond ? State.BEYOND : multiple < (1 + factor) / 2 ? State.WITHIN : State.BETWEEN;
            String note = "%s: times the usual of the last %s".formatted(quantity.text(), usual);
            return Assessment.plain(state, multiple, factor, recent.second(tickMillis), window.toMillis(), note);
        }

        @Override
        public void write(ByteWriter writer) {
            writer.writeSigned(firstMillis);
            recent.write(writer);
            whole.write(writer);
        }
    }
}
