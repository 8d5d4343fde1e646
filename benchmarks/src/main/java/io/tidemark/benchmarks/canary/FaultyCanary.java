package io.tidemark.benchmarks.canary;

import io.tidemark.contracts.avro.Verdict;
import io.tidemark.jobs.canary.CanaryRules;
import io.tidemark.jobs.canary.Cell;
import java.util.List;
import java.util.Optional;

/**
 * 100 requests of the candidate a minute, 5 % of 2,000, base error rate 1 %; from some pane on the candidate fails ten
 * points more often.
 */
final class FaultyCanary {

    private static final int REQUESTS_A_PANE = 333;
    private static final double SHARE = 0.05;
    private static final double BASE_RATE = 0.01;
    private static final double BASE_REFUSALS = 0.02;
    private static final int REFUSALS = 3;
    private static final int LONGEST_WAIT_PANES = 2_000;

    private FaultyCanary() {}

    /**
     * What happened. Delays are seconds of event time from the onset to the moment at which the watermark lets the decision
     * out; infinite when there was none.
     *
     * @param delaySeconds of Tidemark; negative when it rolled back before the onset
     * @param plainSeconds of the plain rule, as if it had not rolled back before
     * @param testSeconds of the z test that is looked at each minute, as if it had not rolled back before
     * @param plainBeforeOnset whether the plain rule had rolled the healthy candidate back
     * @param testBeforeOnset whether the repeated z test had
     * @param hardLimit whether a hard limit decided alone
     */
    record Outcome(
            double delaySeconds,
            double plainSeconds,
            double testSeconds,
            boolean plainBeforeOnset,
            boolean testBeforeOnset,
            boolean hardLimit) {}

    static Outcome run(long seed, int healthyPanes, double addedRate) throws Exception {
        Draws draws = new Draws(seed);
        NaiveRules naive = new NaiveRules();
        double delay = Double.POSITIVE_INFINITY;
        boolean hardLimit = false;
        try (SimulatedRollout rollout =
                new SimulatedRollout(Rollouts.of(List.of(SHARE * 100), 1), CanaryRules.standard())) {
            for (int pane = 0; pane < healthyPanes + LONGEST_WAIT_PANES; pane++) {
                if (pane == healthyPanes) {
                    naive.onset();
                }
                Optional<Verdict> rollback = pane(rollout, draws, naive, pane, pane < healthyPanes ? 0 : addedRate);
                if (rollback.isPresent()) {
                    delay = seconds(pane - healthyPanes + 1);
                    hardLimit = !rollback.get().getReason().contains("evidence");
                }
                if (delay < Double.POSITIVE_INFINITY && naive.plainDelayPanes() > 0 && naive.testDelayPanes() > 0) {
                    break;
                }
            }
        }
        return new Outcome(
                delay,
                seconds(naive.plainDelayPanes()),
                seconds(naive.testDelayPanes()),
                naive.plainRolledBack(),
                naive.testRolledBack(),
                hardLimit);
    }

    private static double seconds(int panesAfterOnset) {
        return panesAfterOnset < 0
                ? panesAfterOnset
                : (panesAfterOnset * SimulatedRollout.PANE_MILLIS + SimulatedRollout.WATERMARK_DELAY_MILLIS) / 1e3;
    }

    private static Optional<Verdict> pane(
            SimulatedRollout rollout, Draws draws, NaiveRules naive, int pane, double addedRate) throws Exception {
        int candidates = draws.binomial(REQUESTS_A_PANE, SHARE);
        int controls = REQUESTS_A_PANE - candidates;
        int candidateErrors = draws.binomial(candidates, BASE_RATE + addedRate);
        int controlErrors = draws.binomial(controls, BASE_RATE);
        naive.pane(candidates, candidateErrors, controls, controlErrors);
        return rollout.pane(
                Rollouts.START.toEpochMilli() + pane * SimulatedRollout.PANE_MILLIS,
                cell(draws, candidates, candidateErrors),
                cell(draws, controls, controlErrors));
    }

    private static Cell cell(Draws draws, int requests, int errors) {
        Cell cell = new Cell();
        cell.addRequests(requests);
        cell.addRate(Cell.ERRORS, requests, errors);
        cell.addRate(REFUSALS, requests, draws.binomial(requests, BASE_REFUSALS));
        for (int i = 0; i < requests; i++) {
            cell.addValue(0, Math.exp(6 + draws.normal() / 2), 1);
        }
        return cell;
    }
}
