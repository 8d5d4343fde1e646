package io.tidemark.jobs.canary;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.attribution.Kitagawa;
import io.tidemark.statistics.counts.TwoArmCounts;
import java.util.Map;
import java.util.TreeMap;

/** Bad units of both arms since the rollout began, by tenant. Tenants over the cap share one entry. */
final class TenantTotals {

    private static final long ENOUGH_FOR_A_RATE = 100;
    private static final int MOST_TENANTS = 1_000;
    private static final String OTHERS = "__overflow__";

    private final Map<String, TwoArmCounts> byTenant = new TreeMap<>();
    private TwoArmCounts all = TwoArmCounts.NONE;

    void add(String tenant, TwoArmCounts counts) {
        String name = byTenant.size() < MOST_TENANTS || byTenant.containsKey(tenant) ? tenant : OTHERS;
        byTenant.merge(name, counts, TwoArmCounts::plus);
        all = all.plus(counts);
    }

    TwoArmCounts all() {
        return all;
    }

    /** Rate of the control in a tenant so far; that of all tenants while the control has few units of it. */
    double controlRate(String tenant) {
        TwoArmCounts own = byTenant.getOrDefault(tenant, TwoArmCounts.NONE);
        TwoArmCounts counts = own.baselineTotal() >= ENOUGH_FOR_A_RATE ? own : all;
        return (counts.baselineBad() + 0.5) / (counts.baselineTotal() + 1.0);
    }

    /**
     * How much of the raw difference of the rates comes from the tenants' different shares of the arms, by Kitagawa's
     * decomposition; null while an arm has no unit.
     */
    Double mixEffect() {
        if (all.canaryTotal() == 0 || all.baselineTotal() == 0) {
            return null;
        }
        int size = byTenant.size();
        double[] controlUnits = new double[size];
        double[] controlRates = new double[size];
        double[] candidateUnits = new double[size];
        double[] candidateRates = new double[size];
        int i = 0;
        for (TwoArmCounts tenant : byTenant.values()) {
            controlUnits[i] = tenant.baselineTotal();
            candidateUnits[i] = tenant.canaryTotal();
            controlRates[i] = rate(tenant.baselineBad(), tenant.baselineTotal(), tenant);
            candidateRates[i] = rate(tenant.canaryBad(), tenant.canaryTotal(), tenant);
            i++;
        }
        return new Kitagawa()
                .decompose(controlUnits, controlRates, candidateUnits, candidateRates)
                .mix();
    }

    /** A tenant that one arm has not met is taken to behave there as in the other: then it is mix, and no change of rate. */
    private static double rate(long bad, long total, TwoArmCounts tenant) {
        return total > 0 ? bad / (double) total : tenant.bad() / (double) Math.max(1, tenant.total());
    }

    void write(ByteWriter writer) {
        writer.writeUnsigned(byTenant.size());
        byTenant.forEach((tenant, counts) -> {
            StateCodec.write(tenant, writer);
            StateCodec.write(counts, writer);
        });
    }

    void read(ByteReader reader) {
        long size = reader.readUnsigned();
        for (long i = 0; i < size; i++) {
            String tenant = StateCodec.read(reader);
            TwoArmCounts counts = StateCodec.readTwoArmCounts(reader);
            byTenant.put(tenant, counts);
            all = all.plus(counts);
        }
    }
}
