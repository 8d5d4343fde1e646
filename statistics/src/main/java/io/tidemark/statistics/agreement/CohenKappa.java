package io.tidemark.statistics.agreement;

import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.InputChecks;
import io.tidemark.statistics.error.StatisticsException;

/**
 * Agreement of two judges over the same things, corrected for the agreement that their habits alone would give.
 *
 * <p>J. Cohen, "A coefficient of agreement for nominal scales", Educ. Psychol. Meas. 20(1), 1960,
 * doi:10.1177/001316446002000104. Same as the paper.
 *
 * @param n things that both judged
 * @param agreement share on which they agree, in [0, 1]
 * @param kappa 1 for full agreement, 0 for that of chance, below 0 for less
 * @param standardError of kappa
 */
public record CohenKappa(long n, double agreement, double kappa, double standardError) {

    /**
     * From the table of answers: row = first judge, column = second judge, in the same order of categories.
     *
     * @throws StatisticsException LENGTH_MISMATCH when the table is not square, NEGATIVE_COUNT, INSUFFICIENT_DATA when it is
     *     empty, DEGENERATE_VARIANCE when both judges only ever give one and the same answer
     */
    public static CohenKappa of(long[][] table) {
        long n = 0;
        double[] rows = new double[table.length];
        double[] columns = new double[table.length];
        double agreed = 0;
        for (int i = 0; i < table.length; i++) {
            InputChecks.sameLength("row", InputChecks.counts("row", table[i]).length, "table", table.length);
            for (int j = 0; j < table.length; j++) {
                n += table[i][j];
                rows[i] += table[i][j];
                columns[j] += table[i][j];
            }
            agreed += table[i][i];
        }
        InputChecks.atLeast("things judged", n, 1);
        double chance = 0;
        for (int i = 0; i < table.length; i++) {
            chance += rows[i] / n * (columns[i] / n);
        }
        if (chance >= 1) {
            throw new StatisticsException(ErrorCode.DEGENERATE_VARIANCE, "both judges give one answer only");
        }
        double share = agreed / n;
        double error = Math.sqrt(share * (1 - share) / n) / (1 - chance);
        return new CohenKappa(n, share, (share - chance) / (1 - chance), error);
    }
}
