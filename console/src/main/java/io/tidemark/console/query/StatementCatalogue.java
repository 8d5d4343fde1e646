package io.tidemark.console.query;

/** Every statement that the console asks. */
public final class StatementCatalogue {

    /** Latest verdict about a rollout. */
    public static final Statement ANALYSIS_VERDICT = Statement.load("analysis-verdict");

    /** Recent traffic of a version. */
    public static final Statement ANALYSIS_TRAFFIC = Statement.load("analysis-traffic");

    private StatementCatalogue() {}
}
