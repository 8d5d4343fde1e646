package io.tidemark.jobs.canary;

import io.tidemark.jobs.canary.pair.AgreementRule;
import io.tidemark.jobs.canary.pair.PairSums;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.interval.BetaBinomialSequence;
import io.tidemark.statistics.interval.Bounds;
import java.util.Map;
import java.util.Optional;

/**
 * Share of pairs whose answers agree, against the agreement that is asked for: a beta-binomial confidence sequence. The shadow may
 * be promoted when its lower bound has reached the limit (after 100 pairs), and is rejected when the evidence that it never will has. A session
 * counts once in half an hour.
 */
final class AgreementTest implements GuardrailTest {

    /** The bounds that people see are those by which a shadow is promoted. */
    private static final double ALPHA_OF_BOUNDS = 0.05;

    /** Most shadows at the limit that are promoted all the same are so by their first pairs. */
    private static final long FEWEST_PAIRS = 100;

    private static final BetaBinomialSequence SEQUENCE = BetaBinomialSequence.usual(ALPHA_OF_BOUNDS);

    private final double limit;
    private final AgreementRule rule;
    private final FingerprintMemory memory = new FingerprintMemory();
    private long agreed;
    private long known;
    private long productions;
    private long changedAtMillis;

    /** @throws IllegalArgumentException when no agreement is asked for */
    AgreementTest(Guard guard) {
        if (guard.limit() == null || !(guard.limit() > 0 && guard.limit() < 1)) {
            throw new IllegalArgumentException(
                    "guardrail '%s' needs a limit in (0, 1), the agreement to reach; it has %s"
                            .formatted(guard.measure().name(), guard.limit()));
        }
        limit = guard.limit();
        rule = AgreementRule.of(guard.measure());
    }

    @Override
    public void close(Map<String, TenantPane> tenants, long paneEndMillis) {
        memory.advance(paneEndMillis);
        for (TenantPane pane : tenants.values()) {
            PairSums.Units units = pane.pairs().units(rule, this::countsNow);
            agreed += units.agreed();
            known += units.known();
            productions += pane.pairs().productions();
        }
        changedAtMillis = paneEndMillis;
    }

    private boolean countsNow(long session) {
        boolean isNew = !memory.contains(session);
        if (isNew) {
            memory.add(session);
        }
        return isNew;
    }

    private BinomialCounts counts() {
        return BinomialCounts.of(agreed, known);
    }

    private double logEvidence() {
        return known == 0 ? 0 : SEQUENCE.logEvidence(counts(), limit);
    }

    private boolean isOver() {
        return agreed > limit * known;
    }

    @Override
    public double logRegression() {
        return isOver() ? 0 : Math.max(0, logEvidence());
    }

    @Override
    public boolean isNonInferior(double logThreshold) {
        return known >= FEWEST_PAIRS && isOver() && logEvidence() >= logThreshold;
    }

    /** No pair says which answer is the better one. */
    @Override
    public boolean isBetter(double logThreshold) {
        return false;
    }

    @Override
    public long candidateUnits() {
        return known;
    }

    @Override
    public Reading read() {
        Bounds bounds = SEQUENCE.of(counts());
        return new Reading(
                changedAtMillis,
                known,
                productions,
                known == 0 ? null : agreed / (double) known,
                limit,
                known == 0 ? null : bounds.lower(),
                known == 0 ? null : bounds.upper(),
                null);
    }

    @Override
    public Optional<BinomialCounts> count(Cell cell) {
        return Optional.empty();
    }

    @Override
    public void write(ByteWriter writer) {
        memory.write(writer);
        writer.writeUnsigned(agreed);
        writer.writeUnsigned(known);
        writer.writeUnsigned(productions);
        writer.writeSigned(changedAtMillis);
    }

    @Override
    public void restore(ByteReader reader) {
        memory.read(reader);
        agreed = reader.readUnsigned();
        known = reader.readUnsigned();
        productions = reader.readUnsigned();
        changedAtMillis = reader.readSigned();
    }
}
