package io.tidemark.jobs.canary.pair;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * The pairs of one shadow, tenant and pane. Pairs without a session are counted; those of a session are one unit, which agrees
 * when all of them do. Sums add up in any order.
 */
public final class PairSums {

    /** Disagreements of a pane that are named; the rest is only counted. */
    public static final int MOST_NAMED = 50;

    private static final byte VERSION = 1;
    private static final int RULES = AgreementRule.values().length;
    private static final Comparator<Disagreement> ORDER = Comparator.comparing(Disagreement::traceId)
            .thenComparing(Disagreement::rule)
            .thenComparingLong(Disagreement::eventMicros);

    private final long[] known = new long[RULES];
    private final long[] agreed = new long[RULES];
    private final Map<Long, Integer> sessions = new HashMap<>();
    private final DeltaSums[] deltas = new DeltaSums[PairDelta.values().length];
    private final List<Disagreement> named = new ArrayList<>();
    private long shadows;
    private long productions;
    private long pairs;

    /** Sums of nothing. */
    public PairSums() {
        for (int i = 0; i < deltas.length; i++) {
            deltas[i] = new DeltaSums();
        }
    }

    /**
     * Units of a rule.
     *
     * @param agreed units that agree
     * @param known units of which it is known
     */
    public record Units(long agreed, long known) {}

    void seen(Answer answer) {
        shadows += answer.isShadow() ? 1 : 0;
        productions += answer.isShadow() ? 0 : 1;
    }

    void paired(Answer shadow, Answer production) {
        pairs++;
        for (PairDelta delta : PairDelta.values()) {
            Long value = delta.fixedPoint(shadow, production);
            if (value != null) {
                deltas[delta.ordinal()].add(value);
            }
        }
    }

    void judged(AgreementRule rule, long session, boolean agrees) {
        int position = rule.ordinal();
        if (session == 0) {
            known[position]++;
            agreed[position] += agrees ? 1 : 0;
        } else {
            sessions.merge(session, knownBit(position) | (agrees ? 0 : againstBit(position)), (a, b) -> a | b);
        }
    }

    void name(Disagreement disagreement) {
        named.add(disagreement);
    }

    /** Adds other pairs. */
    public void add(PairSums other) {
        shadows += other.shadows;
        productions += other.productions;
        pairs += other.pairs;
        for (int i = 0; i < RULES; i++) {
            known[i] += other.known[i];
            agreed[i] += other.agreed[i];
        }
        other.sessions.forEach((session, bits) -> sessions.merge(session, bits, (a, b) -> a | b));
        for (int i = 0; i < deltas.length; i++) {
            deltas[i].add(other.deltas[i]);
        }
        named.addAll(other.named);
    }

    /**
     * Units of a rule.
     *
     * @param mayCount asked once for each session of which the rule knows; says whether it counts
     */
    public Units units(AgreementRule rule, LongPredicate mayCount) {
        int position = rule.ordinal();
        long agreedUnits = agreed[position];
        long knownUnits = known[position];
        for (Map.Entry<Long, Integer> session : sessions.entrySet()) {
            boolean isKnown = (session.getValue() & knownBit(position)) != 0;
            if (isKnown && mayCount.test(session.getKey())) {
                knownUnits++;
                agreedUnits += (session.getValue() & againstBit(position)) == 0 ? 1 : 0;
            }
        }
        return new Units(agreedUnits, knownUnits);
    }

    /** Sums of a delta. */
    public DeltaSums delta(PairDelta delta) {
        return deltas[delta.ordinal()];
    }

    /** Answers of the shadow, paired or not. */
    public long shadows() {
        return shadows;
    }

    /** Answers of production, paired or not. */
    public long productions() {
        return productions;
    }

    /** Pairs, whether or not it is known if they agree. */
    public long pairs() {
        return pairs;
    }

    /** Disagreements, the same ones whatever the order of adding. */
    public List<Disagreement> named() {
        return named.stream().sorted(ORDER).limit(MOST_NAMED).toList();
    }

    private static int knownBit(int position) {
        return 1 << 2 * position;
    }

    private static int againstBit(int position) {
        return 2 << 2 * position;
    }

    /** These sums as bytes. */
    public byte[] toBytes() {
        ByteWriter writer = new ByteWriter(128);
        writer.writeByte(VERSION);
        writer.writeUnsigned(shadows);
        writer.writeUnsigned(productions);
        writer.writeUnsigned(pairs);
        writer.writeUnsigned(RULES);
        for (int i = 0; i < RULES; i++) {
            writer.writeUnsigned(known[i]);
            writer.writeUnsigned(agreed[i]);
        }
        writer.writeUnsigned(sessions.size());
        sessions.forEach((session, bits) -> {
            writer.writeLong(session);
            writer.writeUnsigned(bits);
        });
        for (DeltaSums delta : deltas) {
            delta.write(writer);
        }
        List<Disagreement> kept = named();
        writer.writeUnsigned(kept.size());
        kept.forEach(each -> each.write(writer));
        return writer.toByteArray();
    }

    /** Sums from bytes. */
    public static PairSums fromBytes(byte[] bytes) {
        ByteReader reader = new ByteReader().over(bytes, 0, bytes.length);
        int version = reader.readByte();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "sums of pairs have version %d; this release reads %d".formatted(version, VERSION));
        }
        PairSums sums = new PairSums();
        sums.shadows = reader.readUnsigned();
        sums.productions = reader.readUnsigned();
        sums.pairs = reader.readUnsigned();
        long rules = reader.readUnsigned();
        for (int i = 0; i < rules; i++) {
            sums.known[i] = reader.readUnsigned();
            sums.agreed[i] = reader.readUnsigned();
        }
        for (long left = reader.readUnsigned(); left > 0; left--) {
            sums.sessions.put(reader.readLong(), (int) reader.readUnsigned());
        }
        for (DeltaSums delta : sums.deltas) {
            delta.read(reader);
        }
        for (long left = reader.readUnsigned(); left > 0; left--) {
            sums.named.add(Disagreement.read(reader));
        }
        return sums;
    }
}
