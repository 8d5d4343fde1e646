package io.tidemark.cli.stack;

/** Names of the supervised processes, as people and the state file see them. */
public final class PartNames {

    public static final String BROKER = "Kafka broker";
    public static final String REGISTRY = "schema registry";
    public static final String CLICKHOUSE = "ClickHouse engine";
    public static final String WINDOWS_JOB = "windows job";
    public static final String RULES_JOB = "rules job";
    public static final String CANARY_JOB = "canary job";
    public static final String SINK = "sink";
    public static final String ALERT_LIFECYCLE = "alert lifecycle";
    public static final String ROLLBACK = "rollback consumer";
    public static final String RETRAINING = "retraining consumer";
    public static final String GATEWAY = "gateway";
    public static final String ASSEMBLER = "trace assembler";

    private PartNames() {}

    /** Name of a process that works for one run. */
    public static String inRun(String name, String run) {
        return run.isEmpty() ? name : name + " of run " + run;
    }
}
