package io.tidemark.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.counts.TwoArmCounts;
import io.tidemark.statistics.simulation.Draws;
import io.tidemark.statistics.simulation.Figures;
import org.junit.jupiter.api.Test;

/** Healthy canaries: ours stays under its level, and the naive ways do not. */
class CanaryFalseAlarmSimulationTest {

    private static final double ALPHA = 0.01;
    private static final double BASE_RATE = 0.01;
    private static final int REQUESTS_A_MINUTE = 3_000;
    private static final int MINUTES_A_DAY = 1_440;
    private static final double[] LADDER = {0.01, 0.05, 0.25, 0.5};
    private static final double LARGEST_FALSE_ALARM_RATE = 0.017;
    private static final double TWO_SIDED_ONE_PERCENT = 2.5758293;

    private final RateRatioEProcess process = RateRatioEProcess.usual();

    @Test
    void oneRolloutOfADayKeepsItsLevelWherePeekingAtAZTestDoesNot() {
        int runs = 2_000;
        int alarms = 0;
        int naiveAlarms = 0;
        for (int run = 0; run < runs; run++) {
            Draws draws = new Draws(run);
            LogRatios state = process.start();
            TwoArmCounts all = TwoArmCounts.NONE;
            boolean alarm = false;
            boolean naive = false;
            for (int minute = 0; minute < MINUTES_A_DAY && !(alarm && naive); minute++) {
                TwoArmCounts pane = healthy(draws, LADDER[minute * LADDER.length / MINUTES_A_DAY]);
                all = all.plus(pane);
                state = process.update(state, pane);
                alarm |= process.rejects(state, ALPHA);
                naive |= pooledZ(all) >= TWO_SIDED_ONE_PERCENT;
            }
            alarms += alarm ? 1 : 0;
            naiveAlarms += naive ? 1 : 0;
        }
        assertThat(Figures.share("24 h rollout, e-process", alarms, runs))
                .isLessThanOrEqualTo(LARGEST_FALSE_ALARM_RATE);
        assertThat(Figures.share("24 h rollout, z test looked at each minute", naiveAlarms, runs))
                .isGreaterThan(0.10);
    }

    @Test
    void aRouterThatMissesItsShareBreaksThePlannedShareButNotTheRealisedOne() {
        int runs = 1_000;
        int alarms = 0;
        int naiveAlarms = 0;
        ShareCountEProcess planned = new ShareCountEProcess(0.05, 1, 1, ShareCountEProcess.Side.CANARY_WORSE);
        for (int run = 0; run < runs; run++) {
            Draws draws = new Draws(10_000 + run);
            LogRatios state = process.start();
            BinomialCounts events = planned.start();
            boolean alarm = false;
            boolean naive = false;
            for (int minute = 0; minute < MINUTES_A_DAY / 2; minute++) {
                TwoArmCounts pane = healthy(draws, 0.055);
                events = planned.update(events, new BinomialCounts(pane.canaryBad(), pane.baselineBad()));
                state = process.update(state, pane);
                alarm |= process.rejects(state, ALPHA);
                naive |= planned.rejects(events, ALPHA);
            }
            alarms += alarm ? 1 : 0;
            naiveAlarms += naive ? 1 : 0;
        }
        assertThat(Figures.share("share 5 % planned, 5.5 % realised: realised share", alarms, runs))
                .isLessThanOrEqualTo(LARGEST_FALSE_ALARM_RATE);
        assertThat(Figures.share("share 5 % planned, 5.5 % realised: planned share", naiveAlarms, runs))
                .isGreaterThan(0.05);
    }

    @Test
    void burstsInsideSessionsBreakCountingRequestsButNotSessions() {
        int runs = 1_000;
        int alarms = 0;
        int naiveAlarms = 0;
        for (int run = 0; run < runs; run++) {
            Draws draws = new Draws(20_000 + run);
            LogRatios sessions = process.start();
            LogRatios requests = process.start();
            boolean alarm = false;
            boolean naive = false;
            for (int minute = 0; minute < 360; minute++) {
                int canary = draws.binomial(300, 0.05);
                TwoArmCounts pane = draws.pane(canary, BASE_RATE, 300 - canary, BASE_RATE);
                sessions = process.update(sessions, pane);
                requests = process.update(requests, asRequests(draws, pane));
                alarm |= process.rejects(sessions, ALPHA);
                naive |= process.rejects(requests, ALPHA);
            }
            alarms += alarm ? 1 : 0;
            naiveAlarms += naive ? 1 : 0;
        }
        assertThat(Figures.share("bursty sessions: sessions with an error", alarms, runs))
                .isLessThanOrEqualTo(LARGEST_FALSE_ALARM_RATE);
        assertThat(Figures.share("bursty sessions: requests", naiveAlarms, runs))
                .isGreaterThan(0.20);
    }

    @Test
    void aHealthyDayOfTenSecondPanesDoesNotTripTheOnsetMixture() {
        int runs = 300;
        int panes = 8_640;
        double alpha = 0.003;
        int alarms = 0;
        OnsetMixtureEProcess onset = OnsetMixtureEProcess.usual(panes);
        for (int run = 0; run < runs; run++) {
            Draws draws = new Draws(30_000 + run);
            OnsetEvidence state = onset.start();
            boolean alarm = false;
            for (int pane = 0; pane < panes && !alarm; pane++) {
                int canary = draws.binomial(333, LADDER[pane * LADDER.length / panes]);
                state = onset.update(state, draws.pane(canary, BASE_RATE, 333 - canary, BASE_RATE));
                alarm = onset.rejects(state, alpha);
            }
            alarms += alarm ? 1 : 0;
        }
        assertThat(Figures.share("24 h of 10 s panes over the ladder, onset mixture at 0.003", alarms, runs))
                .isLessThanOrEqualTo(Figures.withError(alpha, runs));
    }

    @Test
    void theLimitOfARateKeepsItsLevelAtAndUnderTheLimit() {
        int runs = 2_000;
        int atLimit = 0;
        int under = 0;
        RateLimitEProcess limit = RateLimitEProcess.usual(0.05);
        for (int run = 0; run < runs; run++) {
            atLimit += everOverLimit(limit, new Draws(40_000 + run), 0.05) ? 1 : 0;
            under += everOverLimit(limit, new Draws(50_000 + run), 0.045) ? 1 : 0;
        }
        assertThat(Figures.share("rate at its limit", atLimit, runs)).isLessThanOrEqualTo(LARGEST_FALSE_ALARM_RATE);
        assertThat(Figures.share("rate under its limit", under, runs)).isLessThanOrEqualTo(LARGEST_FALSE_ALARM_RATE);
    }

    private static boolean everOverLimit(RateLimitEProcess limit, Draws draws, double rate) {
        BinomialCounts state = limit.start();
        for (int pane = 0; pane < 288; pane++) {
            state = limit.update(state, BinomialCounts.of(draws.binomial(100, rate), 100));
            if (limit.rejects(state, ALPHA)) {
                return true;
            }
        }
        return false;
    }

    private static TwoArmCounts healthy(Draws draws, double share) {
        int canary = draws.binomial(REQUESTS_A_MINUTE, share);
        return draws.pane(canary, BASE_RATE, REQUESTS_A_MINUTE - canary, BASE_RATE);
    }

    /** Ten requests a session; a session that fails has 1 to 9 failing requests, 5 in the mean. */
    private static TwoArmCounts asRequests(Draws draws, TwoArmCounts sessions) {
        return new TwoArmCounts(
                burst(draws, sessions.canaryBad()),
                10 * sessions.canaryTotal(),
                burst(draws, sessions.baselineBad()),
                10 * sessions.baselineTotal());
    }

    private static long burst(Draws draws, long failingSessions) {
        long failing = 0;
        for (long session = 0; session < failingSessions; session++) {
            failing += 1 + (long) (9 * draws.uniform());
        }
        return failing;
    }

    private static double pooledZ(TwoArmCounts all) {
        double pooled = all.bad() / (double) all.total();
        double error = Math.sqrt(pooled * (1 - pooled) * (1.0 / all.canaryTotal() + 1.0 / all.baselineTotal()));
        double difference =
                all.canaryBad() / (double) all.canaryTotal() - all.baselineBad() / (double) all.baselineTotal();
        return error > 0 ? Math.abs(difference) / error : 0;
    }
}
