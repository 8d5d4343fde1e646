package io.tidemark.jobs.canary;

import io.tidemark.contracts.release.GuardrailMeasure.Kind;
import io.tidemark.jobs.measures.BucketCounts;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.counts.Moments;
import io.tidemark.statistics.counts.TwoArmMoments;
import io.tidemark.statistics.histogram.LogGrid;
import io.tidemark.statistics.sequential.NormalMixtureEProcess;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Means: of the logarithm of costs, and of bounded scores. The difference is taken within each tenant and combined, so
 * that a change of the mix is no regression. A session gives one value in half an hour.
 */
final class MeanTest implements GuardrailTest {

    private static final long BURN_IN_OF_SCORES = 100;
    private static final long BURN_IN_OF_COSTS = 1_000;
    private static final long SMALLEST_STRATUM = 30;
    private static final int MOST_TENANTS = 1_000;
    private static final String OTHERS = "__overflow__";
    private static final double SMALLEST_EFFECT = 0.01;

    private final Guard guard;
    private final int position;
    private final boolean isLogarithm;
    private final FingerprintMemory memory = new FingerprintMemory();
    private final Map<String, TwoArmMoments> byTenant = new TreeMap<>();
    private long changedAtMillis;
    private TwoArmMoments all;
    private Stratified difference;
    private double excess;
    private double evidence;
    private double highestNonInferiority;

    MeanTest(Guard guard) {
        this.guard = guard;
        position = Cell.VALUES.indexOf(guard.measure().source());
        isLogarithm = guard.measure().kind() == Kind.LOG_MEAN;
    }

    @Override
    public void close(Map<String, TenantPane> tenants, long paneEndMillis) {
        memory.advance(paneEndMillis);
        tenants.forEach((tenant, pane) -> {
            String name = byTenant.size() < MOST_TENANTS || byTenant.containsKey(tenant) ? tenant : OTHERS;
            TwoArmMoments moments = new TwoArmMoments(moments(pane.candidate()), moments(pane.control()));
            byTenant.merge(name, moments, TwoArmMoments::plus);
        });
        changedAtMillis = paneEndMillis;
        all = null;
    }

    private Moments moments(Cell cell) {
        Moments sum = Moments.NONE;
        BucketCounts buckets = cell.values[position];
        int size = buckets == null ? 0 : buckets.size();
        if (size > 0) {
            long[] indexes = new long[size];
            long[] counts = new long[size];
            buckets.copyTo(indexes, counts);
            for (int i = 0; i < size; i++) {
                sum = sum.plus(new Moments(counts[i], value((int) indexes[i]), 0));
            }
        }
        TreeMap<Integer, Long> sessions = new TreeMap<>();
        addUnits(cell.units, sessions);
        addUnits(cell.scored, sessions);
        for (Map.Entry<Integer, Long> session : sessions.entrySet()) {
            sum = sum.plus(new Moments(session.getValue(), value(session.getKey()), 0));
        }
        return sum;
    }

    private void addUnits(Map<Long, Unit> units, TreeMap<Integer, Long> target) {
        units.forEach((fingerprint, unit) -> {
            int bucket = unit.highest[position];
            if (bucket != Unit.NO_VALUE && !memory.contains(fingerprint)) {
                memory.add(fingerprint);
                target.merge(bucket, 1L, Long::sum);
            }
        });
    }

    private double value(int bucket) {
        double value = bucket == LogGrid.OVERFLOW ? LogGrid.LARGEST : Math.max(0, LogGrid.value(bucket));
        return isLogarithm ? Math.log(Math.max(1, value)) : value;
    }

    @Override
    public double logRegression() {
        look();
        return excess > 0 ? evidence : 0;
    }

    @Override
    public boolean isNonInferior(double logThreshold) {
        look();
        return highestNonInferiority >= logThreshold;
    }

    @Override
    public boolean isBetter(double logThreshold) {
        look();
        if (difference == null || !(difference.variance() > 0)) {
            return false;
        }
        double better = guard.measure().higherIsWorse() ? -difference.mean() : difference.mean();
        return better > 0 && logEvidence(better) >= logThreshold;
    }

    @Override
    public long candidateUnits() {
        look();
        return all.canary().count();
    }

    /** Once for each pane. */
    private void look() {
        if (all != null) {
            return;
        }
        all = byTenant.values().stream().reduce(TwoArmMoments.NONE, TwoArmMoments::plus);
        difference = stratified();
        boolean isKnown = difference != null && difference.variance() > 0;
        double worse = isKnown ? (guard.measure().higherIsWorse() ? difference.mean() : -difference.mean()) : 0;
        excess = isKnown ? worse - tolerated() : 0;
        evidence = isKnown ? logEvidence(excess) : 0;
        highestNonInferiority = excess < 0 ? Math.max(highestNonInferiority, evidence) : highestNonInferiority;
    }

    @Override
    public Reading read() {
        look();
        long candidateUnits = all.canary().count();
        long controlUnits = all.baseline().count();
        return new Reading(
                changedAtMillis,
                candidateUnits,
                controlUnits,
                candidateUnits == 0 ? null : shown(all.canary().mean()),
                controlUnits == 0 ? null : shown(all.baseline().mean()),
                null,
                null,
                difference == null ? null : all.canary().mean() - all.baseline().mean() - difference.mean());
    }

    /** A cost is shown as its geometric mean. */
    private double shown(double mean) {
        return isLogarithm ? Math.exp(mean) : mean;
    }

    private double tolerated() {
        if (isLogarithm) {
            return Math.log1p(guard.tolerance());
        }
        return guard.relative() ? guard.tolerance() * Math.abs(all.baseline().mean()) : guard.tolerance();
    }

    /** The library's test of a difference of 0, for a difference less what is tolerated. */
    private double logEvidence(double shift) {
        double effect = Math.max(SMALLEST_EFFECT, guard.tolerance());
        NormalMixtureEProcess test =
                new NormalMixtureEProcess(effect * effect, isLogarithm ? BURN_IN_OF_COSTS : BURN_IN_OF_SCORES);
        Moments candidate = Moments.ofVariance(
                difference.candidates(), shift, difference.candidateVariance() * difference.candidates());
        Moments control =
                Moments.ofVariance(difference.controls(), 0, difference.controlVariance() * difference.controls());
        return test.logEvidence(new TwoArmMoments(candidate, control));
    }

    /**
     * Difference of the means, held apart by tenant.
     *
     * @param mean candidate minus control
     * @param candidateVariance part of its squared standard error that the candidate brings
     * @param controlVariance part that the control brings
     */
    private record Stratified(
            double mean, double candidateVariance, double controlVariance, long candidates, long controls) {
        double variance() {
            return candidateVariance + controlVariance;
        }
    }

    /** Small tenants share a stratum; null when no stratum has two values on both sides. */
    private Stratified stratified() {
        TwoArmMoments small = TwoArmMoments.NONE;
        Stratified sum = null;
        double weights = 0;
        for (TwoArmMoments tenant : byTenant.values()) {
            if (Math.min(tenant.canary().count(), tenant.baseline().count()) < SMALLEST_STRATUM) {
                small = small.plus(tenant);
            } else {
                sum = plus(sum, tenant);
                weights += weight(tenant);
            }
        }
        if (Math.min(small.canary().count(), small.baseline().count()) >= 2) {
            sum = plus(sum, small);
            weights += weight(small);
        }
        return sum == null
                ? null
                : new Stratified(
                        sum.mean / weights,
                        sum.candidateVariance / (weights * weights),
                        sum.controlVariance / (weights * weights),
                        sum.candidates,
                        sum.controls);
    }

    private static double weight(TwoArmMoments tenant) {
        double candidates = tenant.canary().count();
        double controls = tenant.baseline().count();
        return candidates * (controls / (candidates + controls));
    }

    private static Stratified plus(Stratified sum, TwoArmMoments tenant) {
        double weight = weight(tenant);
        Moments candidate = tenant.canary();
        Moments control = tenant.baseline();
        Stratified sofar = sum == null ? new Stratified(0, 0, 0, 0, 0) : sum;
        return new Stratified(
                sofar.mean + weight * (candidate.mean() - control.mean()),
                sofar.candidateVariance + weight * weight * candidate.variance() / candidate.count(),
                sofar.controlVariance + weight * weight * control.variance() / control.count(),
                sofar.candidates + candidate.count(),
                sofar.controls + control.count());
    }

    @Override
    public Optional<BinomialCounts> count(Cell cell) {
        return Optional.empty();
    }

    @Override
    public void write(ByteWriter writer) {
        memory.write(writer);
        writer.writeLong(changedAtMillis);
        writer.writeDouble(highestNonInferiority);
        writer.writeUnsigned(byTenant.size());
        byTenant.forEach((tenant, moments) -> {
            StateCodec.write(tenant, writer);
            write(moments.canary(), writer);
            write(moments.baseline(), writer);
        });
    }

    private static void write(Moments moments, ByteWriter writer) {
        writer.writeUnsigned(moments.count());
        writer.writeDouble(moments.mean());
        writer.writeDouble(moments.squaredDeviations());
    }

    @Override
    public void restore(ByteReader reader) {
        memory.read(reader);
        changedAtMillis = reader.readLong();
        highestNonInferiority = StateCodec.readDouble(reader);
        long tenants = reader.readUnsigned();
        for (long i = 0; i < tenants; i++) {
            String tenant = StateCodec.read(reader);
            Moments candidate = readMoments(reader);
            byTenant.put(tenant, new TwoArmMoments(candidate, readMoments(reader)));
        }
    }

    private static Moments readMoments(ByteReader reader) {
        return new Moments(reader.readUnsigned(), StateCodec.readDouble(reader), StateCodec.readDouble(reader));
    }
}
