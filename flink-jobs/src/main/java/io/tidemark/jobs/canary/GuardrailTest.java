package io.tidemark.jobs.canary;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.counts.BinomialCounts;
import java.util.Map;
import java.util.Optional;

/** The test of one guardrail: fed with the panes of a rollout, each once and in order. */
interface GuardrailTest {

    /** Takes in a pane: both arms by tenant. */
    void close(Map<String, TenantPane> tenants, long paneEndMillis);

    /** Natural logarithm of the evidence that the candidate is worse than tolerated. */
    double logRegression();

    /** Whether the evidence that the candidate is not worse than tolerated has reached a level. */
    boolean isNonInferior(double logThreshold);

    /** Whether the evidence that the candidate is better than the control has reached a level. */
    boolean isBetter(double logThreshold);

    /** Units of the candidate so far. */
    long candidateUnits();

    /** Where it stands, in full. Costs more than a pane: for verdicts that are published. */
    Reading read();

    /** Bad units of a cell, for attribution; empty for a measure that is no rate. Counts every unit of the cell. */
    Optional<BinomialCounts> count(Cell cell);

    void write(ByteWriter writer);

    void restore(ByteReader reader);

    /**
     * Where a test stands after the panes so far.
     *
     * @param onsetMillis most likely start of a regression, milliseconds since the epoch
     * @param candidateUnits units of the candidate
     * @param controlUnits units of the control
     * @param observed value of the candidate; null while unknown
     * @param expected value of the control, or the absolute limit; null while unknown
     * @param lower lower bound of the candidate's value over the whole rollout; null while unknown
     * @param upper upper bound; null while unknown
     * @param mixEffect part of the raw difference that the mix of tenants explains; null while unknown
     */
    record Reading(
            long onsetMillis,
            long candidateUnits,
            long controlUnits,
            Double observed,
            Double expected,
            Double lower,
            Double upper,
            Double mixEffect) {}
}
