package io.tidemark.benchmarks.canary;

/**
 * What is commonly done instead, on the requests of the same panes: roll back when the candidate has more than 1 % of errors
 * in a minute; roll back when a one-sided z test over everything so far, looked at each minute, is significant.
 */
final class NaiveRules {

    private static final int PANES_A_MINUTE = 6;
    private static final double LIMIT = 0.01;

    /** One-sided normal quantile of the share of the error budget that errors hold, 0.003. */
    private static final double SIGNIFICANT = 2.748;

    private final long[] minute = new long[2];
    private final long[] all = new long[4];
    private int panes;
    private int plainAlarm = -1;
    private int testAlarm = -1;
    private int plainAlarmAfter = -1;
    private int testAlarmAfter = -1;
    private int onset = Integer.MAX_VALUE;

    void pane(long candidates, long candidateErrors, long controls, long controlErrors) {
        minute[0] += candidates;
        minute[1] += candidateErrors;
        all[0] += candidates;
        all[1] += candidateErrors;
        all[2] += controls;
        all[3] += controlErrors;
        panes++;
        if (panes % PANES_A_MINUTE == 0) {
            look();
            minute[0] = 0;
            minute[1] = 0;
        }
    }

    /** Says that the fault begins with the next pane: alarms from here on are right. */
    void onset() {
        onset = panes;
    }

    private void look() {
        boolean isPlain = minute[1] > LIMIT * minute[0];
        plainAlarm = plainAlarm < 0 && isPlain && panes <= onset ? panes : plainAlarm;
        plainAlarmAfter = plainAlarmAfter < 0 && isPlain && panes > onset ? panes - onset : plainAlarmAfter;
        double n1 = all[0];
        double n0 = all[2];
        double pooled = (all[1] + all[3]) / (n1 + n0);
        double error = Math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n0));
        double z = (all[1] / n1 - all[3] / n0) / error;
        boolean isSignificant = z > SIGNIFICANT;
        testAlarm = testAlarm < 0 && isSignificant && panes <= onset ? panes : testAlarm;
        testAlarmAfter = testAlarmAfter < 0 && isSignificant && panes > onset ? panes - onset : testAlarmAfter;
    }

    /** Whether the plain rule rolled back before there was a fault. */
    boolean plainRolledBack() {
        return plainAlarm > 0;
    }

    /** Whether the repeated z test rolled back before there was a fault. */
    boolean testRolledBack() {
        return testAlarm > 0;
    }

    /** Panes from the onset to the first alarm of the plain rule; -1 while there is none. */
    int plainDelayPanes() {
        return plainAlarmAfter;
    }

    /** Panes from the onset to the first alarm of the repeated z test; -1 while there is none. */
    int testDelayPanes() {
        return testAlarmAfter;
    }
}
