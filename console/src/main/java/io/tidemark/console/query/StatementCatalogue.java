package io.tidemark.console.query;

import java.util.List;

/** Every statement that the console asks. To add one to the API, write its file and add its name. */
public final class StatementCatalogue {

    /** Latest verdict about a rollout. */
    public static final Statement ANALYSIS_VERDICT = Statement.load("analysis-verdict");

    /** Recent traffic of a version. */
    public static final Statement ANALYSIS_TRAFFIC = Statement.load("analysis-traffic");

    private static final List<Statement> OF_THE_API = List.of(
                    "extent",
                    "board",
                    "trend",
                    "releases",
                    "changes",
                    "verdicts",
                    "alerts",
                    "alert-states",
                    "actions",
                    "cost-tenants",
                    "cost-versions",
                    "traces",
                    "trace",
                    "retrainings",
                    "outcomes",
                    "outcomes-against-control",
                    "quality",
                    "recovery",
                    "silences",
                    "drift",
                    "drift-trend",
                    "freshness")
            .stream()
            .map(Statement::load)
            .toList();

    private StatementCatalogue() {}

    /** Those that the API answers with, each at a path of its name. */
    public static List<Statement> ofTheApi() {
        return OF_THE_API;
    }
}
