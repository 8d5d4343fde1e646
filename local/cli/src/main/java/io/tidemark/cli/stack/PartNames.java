package io.tidemark.cli.stack;

/** Names of the supervised processes, as people and the state file see them. */
public final class PartNames {

    public static final String BROKER = "Kafka broker";
    public static final String REGISTRY = "schema registry";
    public static final String CLICKHOUSE = "ClickHouse engine";
    public static final String JOBS = "Flink jobs";
    public static final String SINK = "sink";
    public static final String ACTORS = "alerts and actions";
    public static final String GATEWAY = "gateway";
    public static final String ASSEMBLER = "trace assembler";
    public static final String CONSOLE = "console";
    public static final String BRIDGES = "alert bridges";
    public static final String JUDGES = "judges";

    private PartNames() {}

    /** Name of a process that works for one run. */
    public static String inRun(String name, String run) {
        return run.isEmpty() ? name : name + " of run " + run;
    }
}
