package io.tidemark.jobs.canary.pair;

import io.tidemark.contracts.release.GuardrailMeasure;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** When two answers agree. A release chooses by the name of its guardrail. The order is part of the job's state. */
public enum AgreementRule {
    /** Their texts are equal but for case, white space and forms of the same character; without texts, their predictions. */
    EXACT,
    /** An outcome named {@code agreement} of a judge says so: one half or more. */
    JUDGE,
    /** An outcome named {@code similarity} of a judge, the cosine of both answers' vectors, reaches the bound of the job. */
    EMBEDDING;

    /** The rules that wait for a judge's word. */
    static final Set<AgreementRule> JUDGED = EnumSet.of(JUDGE, EMBEDDING);

    /** Name of the guardrail. */
    public String measure() {
        return "agreement_" + name().toLowerCase(Locale.ROOT);
    }

    /** This rule in a set of rules. */
    public int bit() {
        return 1 << ordinal();
    }

    /** Whether a judge's word on the pair is waited for. */
    public boolean isJudged() {
        return JUDGED.contains(this);
    }

    /** Whether a guardrail asks for this rule. */
    public boolean isOf(GuardrailMeasure measure) {
        return measure.name().equals(measure());
    }

    /**
     * The rule of a guardrail.
     *
     * @throws IllegalArgumentException when it is none about agreement
     */
    public static AgreementRule of(GuardrailMeasure measure) {
        for (AgreementRule rule : values()) {
            if (rule.isOf(measure)) {
                return rule;
            }
        }
        throw new IllegalArgumentException("guardrail '%s' is none about agreement".formatted(measure.name()));
    }
}
