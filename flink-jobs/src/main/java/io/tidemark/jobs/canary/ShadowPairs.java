package io.tidemark.jobs.canary;

import io.tidemark.contracts.avro.Evidence;
import io.tidemark.contracts.avro.FindingKind;
import io.tidemark.contracts.avro.GuardrailFinding;
import io.tidemark.jobs.canary.pair.DeltaSums;
import io.tidemark.jobs.canary.pair.PairDelta;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.counts.Moments;
import io.tidemark.statistics.interval.Bounds;
import io.tidemark.statistics.interval.NormalMixtureSequence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The pairs of a shadow over its whole life: how many there were, and by how much the shadow's answers are dearer, slower, more often
 * refused and blocked than production's answers to the same requests. It tells and decides nothing: the guardrails of
 * the same names do. Every pair counts, those of one session too, so that the bounds are of pairs and not of sessions.
 */
final class ShadowPairs {

    private static final byte VERSION = 1;
    private static final double ALPHA = 0.05;
    private static final long BURN_IN = 100;

    /** A thousand pairs with a spread of a third: where the bounds are tightest. */
    private static final double TIGHTEST_AT_VARIANCE = 100;

    private final Map<PairDelta, DeltaSums> deltas = new EnumMap<>(PairDelta.class);
    private long shadows;
    private long productions;
    private long pairs;

    ShadowPairs() {
        for (PairDelta delta : PairDelta.values()) {
            deltas.put(delta, new DeltaSums());
        }
    }

    void add(PaneArms pane) {
        for (TenantPane tenant : pane.tenants.values()) {
            shadows += tenant.pairs().shadows();
            productions += tenant.pairs().productions();
            pairs += tenant.pairs().pairs();
            deltas.forEach((delta, sums) -> sums.add(tenant.pairs().delta(delta)));
        }
    }

    /** The deltas, and the share of the shadow's answers that found their counterpart. */
    List<GuardrailFinding> findings() {
        List<GuardrailFinding> findings = new ArrayList<>();
        findings.add(finding(
                "paired_share",
                shadows,
                productions,
                evidence("paired_share", pairs)
                        .setObserved(shadows == 0 ? null : pairs / (double) shadows)
                        .build()));
        deltas.forEach((delta, sums) -> findings.add(finding(delta, sums.moments())));
        return findings;
    }

    private static GuardrailFinding finding(PairDelta delta, Moments moments) {
        String name = delta.name().toLowerCase(Locale.ROOT) + "_delta";
        Evidence.Builder evidence = evidence(name, moments.count());
        if (moments.count() > 0) {
            evidence.setObserved(shown(delta, moments.mean()));
        }
        if (moments.count() >= BURN_IN) {
            Bounds bounds = new NormalMixtureSequence(TIGHTEST_AT_VARIANCE, ALPHA).of(moments);
            evidence.setLower(shown(delta, bounds.lower())).setUpper(shown(delta, bounds.upper()));
        }
        return finding(name, moments.count(), moments.count(), evidence.build());
    }

    /** A ratio as the share by which it is over 1. */
    private static double shown(PairDelta delta, double value) {
        return delta.isRatio() ? Math.expm1(value) : value;
    }

    private static Evidence.Builder evidence(String measure, long n) {
        return Evidence.newBuilder().setMeasure(measure).setN(n);
    }

    private static GuardrailFinding finding(String measure, long candidates, long controls, Evidence evidence) {
        return GuardrailFinding.newBuilder()
                .setMeasure(measure)
                .setFinding(FindingKind.INFORMATION)
                .setCandidateN(candidates)
                .setControlN(controls)
                .setEvidence(evidence)
                .build();
    }

    void write(ByteWriter writer) {
        writer.writeByte(VERSION);
        writer.writeUnsigned(shadows);
        writer.writeUnsigned(productions);
        writer.writeUnsigned(pairs);
        deltas.values().forEach(sums -> sums.write(writer));
    }

    void read(ByteReader reader) {
        int version = reader.readByte();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "pairs of a shadow have version %d; this release reads %d".formatted(version, VERSION));
        }
        shadows = reader.readUnsigned();
        productions = reader.readUnsigned();
        pairs = reader.readUnsigned();
        deltas.values().forEach(sums -> sums.read(reader));
    }
}
