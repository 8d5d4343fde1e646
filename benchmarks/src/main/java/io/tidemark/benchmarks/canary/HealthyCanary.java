package io.tidemark.benchmarks.canary;

import io.tidemark.contracts.avro.Verdict;
import io.tidemark.jobs.canary.CanaryRules;
import io.tidemark.jobs.canary.Cell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A rollout of 24 hours without any fault: 2,000 calls a minute with a daily cycle, the ladder 1/5/25/50 %, a router that
 * misses its share by a fifth, and sessions that fail in bursts: in one session of forty, from some call on, every call.
 */
final class HealthyCanary {

    private static final int PANES = 8_640;
    private static final double SESSIONS_A_PANE = 67;
    private static final double DAILY_SWING = 0.5;
    private static final double SHARE_JITTER = 0.2;
    private static final double GOES_ON = 0.8;
    private static final double BURST_SESSIONS = 0.04;
    private static final double REFUSALS = 0.02;
    private static final int ERROR_BIT = 1 << Cell.ERRORS;
    private static final int REFUSAL_BIT = 1 << 3;
    private static final List<Double> LADDER = List.of(1.0, 5.0, 25.0, 50.0);
    private static final long STEP_SECONDS = Duration.ofHours(6).toSeconds();

    private final Draws draws;
    private final List<Session> sessions = new ArrayList<>();
    private long lastSession;

    private HealthyCanary(long seed) {
        draws = new Draws(seed);
    }

    /** A conversation: one call a pane, of one arm. */
    private static final class Session {
        private final long id;
        private final boolean isCandidate;
        private final boolean hasBurst;
        private boolean failing;

        Session(long id, boolean isCandidate, boolean hasBurst) {
            this.id = id;
            this.isCandidate = isCandidate;
            this.hasBurst = hasBurst;
        }
    }

    /** What happened in 24 hours without a fault. */
    record Outcome(boolean rolledBack, boolean plainRolledBack, boolean testRolledBack) {}

    static Outcome run(long seed) throws Exception {
        return new HealthyCanary(seed).run();
    }

    private Outcome run() throws Exception {
        NaiveRules naive = new NaiveRules();
        boolean rolledBack = false;
        long start = Rollouts.START.toEpochMilli();
        try (SimulatedRollout rollout =
                new SimulatedRollout(Rollouts.of(LADDER, STEP_SECONDS), CanaryRules.standard())) {
            for (int pane = 0; pane < PANES; pane++) {
                move(pane);
                Cell candidate = new Cell();
                Cell control = new Cell();
                call(candidate, control, naive);
                Optional<Verdict> rollback =
                        rollout.pane(start + pane * SimulatedRollout.PANE_MILLIS, candidate, control);
                rolledBack |= rollback.isPresent();
            }
        }
        return new Outcome(rolledBack, naive.plainRolledBack(), naive.testRolledBack());
    }

    /** Some conversations end, some begin. */
    private void move(int pane) {
        Iterator<Session> each = sessions.iterator();
        while (each.hasNext()) {
            each.next();
            if (!draws.chance(GOES_ON)) {
                each.remove();
            }
        }
        double hour = pane / 360.0;
        double share = LADDER.get(Math.min(LADDER.size() - 1, (int) (hour / 6))) / 100;
        double realised = Math.min(0.95, Math.max(0, share * (1 + SHARE_JITTER * draws.normal())));
        int begun = draws.poisson(SESSIONS_A_PANE * (1 + DAILY_SWING * Math.sin(2 * Math.PI * hour / 24)));
        for (int i = 0; i < begun; i++) {
            sessions.add(new Session(++lastSession, draws.chance(realised), draws.chance(BURST_SESSIONS)));
        }
    }

    private void call(Cell candidate, Cell control, NaiveRules naive) {
        long[] counts = new long[4];
        for (Session session : sessions) {
            session.failing |= session.hasBurst && draws.chance(0.2);
            int bad = (session.failing ? ERROR_BIT : 0) | (draws.chance(REFUSALS) ? REFUSAL_BIT : 0);
            Cell cell = session.isCandidate ? candidate : control;
            cell.addSession(session.id, bad, 0, Math.exp(6 + draws.normal() / 2));
            int arm = session.isCandidate ? 0 : 2;
            counts[arm]++;
            counts[arm + 1] += session.failing ? 1 : 0;
        }
        naive.pane(counts[0], counts[1], counts[2], counts[3]);
    }
}
