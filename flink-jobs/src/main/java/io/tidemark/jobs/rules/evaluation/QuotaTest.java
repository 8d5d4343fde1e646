package io.tidemark.jobs.rules.evaluation;

import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.rules.evaluation.Assessment.State;
import java.time.Duration;

/**
 * The last minute's share of a configured limit, such as a provider's tokens per minute. A count, not an estimate: it needs
 * no evidence. Slices without a limit say nothing.
 *
 * @param quantity what is limited
 * @param share of the limit at which a breach begins
 * @param clear share of the limit under which it ends
 */
public record QuotaTest(Quantity quantity, double share, double clear) implements RuleTest {

    private static final long MINUTE_MILLIS = 60_000;
    private static final long NO_LIMIT = 0;

    @Override
    public SliceTest start() {
        return new LastMinute();
    }

    @Override
    public SliceTest read(ByteReader reader) {
        LastMinute state = new LastMinute();
        state.limit = reader.readUnsigned();
        state.used.read(reader);
        return state;
    }

    @Override
    public Duration memory() {
        return Duration.ofHours(1);
    }

    private final class LastMinute implements SliceTest {

        private final CountRing used = new CountRing(MINUTE_MILLIS);
        private long limit = NO_LIMIT;

        @Override
        public void add(WindowRow row, long endMillis) {
            Long configured = quantity.limit(row);
            limit = configured == null ? NO_LIMIT : configured;
            if (limit != NO_LIMIT) {
                used.add(endMillis, quantity.of(row), row.getRequests());
            }
        }

        @Override
        public Assessment assess(long tickMillis) {
            if (limit == NO_LIMIT) {
                return Assessment.NONE;
            }
            double taken = used.first(tickMillis) / (double) limit;
            State state = taken >= share ? State.BEYOND : taken < clear ? State.WITHIN : State.BETWEEN;
            String note = "%s a minute of a limit of %,d".formatted(quantity.text(), limit);
            return Assessment.plain(state, taken, share, used.second(tickMillis), MINUTE_MILLIS, note);
        }

        @Override
        public void write(ByteWriter writer) {
            writer.writeUnsigned(limit);
            used.write(writer);
        }
    }
}
