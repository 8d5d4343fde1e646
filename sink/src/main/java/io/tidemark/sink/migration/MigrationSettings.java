package io.tidemark.sink.migration;

import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import java.util.List;
import java.util.Map;

/**
 * What differs between installations.
 *
 * @param database database that holds the tables
 * @param cluster name for {@code ON CLUSTER} with replicated engines; empty for a single server
 * @param retention how long rows are kept
 * @param coldVolume volume of the storage policy to which old rows move; empty for none
 * @param coldAfterDays days after storing at which they move
 * @param storagePolicy storage policy of the tables; empty for the default
 */
public record MigrationSettings(
        String database,
        String cluster,
        Retention retention,
        String coldVolume,
        int coldAfterDays,
        String storagePolicy) {

    /**
     * Days from storing to deletion, by kind of row.
     *
     * @param tracesDays traces
     * @param panesDays windows under a minute
     * @param minutesDays windows from a minute and under an hour
     * @param hoursDays longer windows, outcomes and alerts
     */
    public record Retention(int tracesDays, int panesDays, int minutesDays, int hoursDays) {}

    private static final int LONGEST_DAYS = 36_500;

    private static final ConfigurationKey<String> DATABASE =
            ConfigurationKey.text("clickhouse.database", "tidemark", "database that holds Tidemark's tables");
    private static final ConfigurationKey<String> CLUSTER = ConfigurationKey.text(
            "clickhouse.cluster",
            "",
            "cluster name: tables are made ON CLUSTER with replicated engines; empty for one server");
    private static final ConfigurationKey<Integer> TRACES =
            days("retention.traces-days", 30, "days that traces are kept, from the time they were stored");
    private static final ConfigurationKey<Integer> PANES =
            days("retention.panes-days", 2, "days that windows under a minute are kept");
    private static final ConfigurationKey<Integer> MINUTES =
            days("retention.minutes-days", 90, "days that windows from a minute and under an hour are kept");
    private static final ConfigurationKey<Integer> HOURS =
            days("retention.hours-days", 730, "days that longer windows, outcomes and alerts are kept");
    private static final ConfigurationKey<String> COLD_VOLUME =
            ConfigurationKey.text("retention.cold-volume", "", "volume that old rows move to; empty for none");
    private static final ConfigurationKey<Integer> COLD_AFTER =
            days("retention.cold-after-days", 7, "days after which rows move to the cold volume");
    private static final ConfigurationKey<String> STORAGE_POLICY = ConfigurationKey.text(
            "clickhouse.storage-policy", "", "storage policy of the tables; empty for the default");

    public MigrationSettings {
        requireName("clickhouse.database", database, false);
        requireName("clickhouse.cluster", cluster, true);
        requireName("retention.cold-volume", coldVolume, true);
        requireName("clickhouse.storage-policy", storagePolicy, true);
    }

    /** The keys that a process which migrates declares. */
    public static List<ConfigurationKey<?>> keys() {
        return List.of(DATABASE, CLUSTER, TRACES, PANES, MINUTES, HOURS, COLD_VOLUME, COLD_AFTER, STORAGE_POLICY);
    }

    /** The settings of a process. */
    public static MigrationSettings from(Configuration configuration) {
        return new MigrationSettings(
                configuration.get(DATABASE),
                configuration.get(CLUSTER),
                new Retention(
                        configuration.get(TRACES),
                        configuration.get(PANES),
                        configuration.get(MINUTES),
                        configuration.get(HOURS)),
                configuration.get(COLD_VOLUME),
                configuration.get(COLD_AFTER),
                configuration.get(STORAGE_POLICY));
    }

    /** The defaults. */
    public static MigrationSettings defaults() {
        return from(Configuration.load(keys(), Map.of(), List.of()));
    }

    /** The same settings in another database. */
    public MigrationSettings inDatabase(String other) {
        return new MigrationSettings(other, cluster, retention, coldVolume, coldAfterDays, storagePolicy);
    }

    /** What each placeholder of a DDL file stands for. */
    Map<String, String> placeholders() {
        String engine = cluster.isEmpty() ? "" : "Replicated";
        String window = cluster.isEmpty() ? "non_replicated_deduplication_window" : "replicated_deduplication_window";
        String policy = storagePolicy.isEmpty() ? "" : ", storage_policy = '" + storagePolicy + "'";
        return Map.ofEntries(
                Map.entry("DATABASE", database),
                Map.entry("ON_CLUSTER", cluster.isEmpty() ? "" : "ON CLUSTER '" + cluster + "'"),
                Map.entry("MERGE_TREE", engine + "MergeTree"),
                Map.entry("REPLACING_MERGE_TREE", engine + "ReplacingMergeTree"),
                Map.entry("AGGREGATING_MERGE_TREE", engine + "AggregatingMergeTree"),
                Map.entry("TABLE_SETTINGS", window + " = " + DEDUPLICATION_WINDOW + policy),
                Map.entry("RETENTION_TRACES_DAYS", Integer.toString(retention.tracesDays())),
                Map.entry("RETENTION_PANES_DAYS", Integer.toString(retention.panesDays())),
                Map.entry("RETENTION_MINUTES_DAYS", Integer.toString(retention.minutesDays())),
                Map.entry("RETENTION_HOURS_DAYS", Integer.toString(retention.hoursDays())),
                Map.entry("COLD_TRACES", cold()),
                Map.entry("COLD_WINDOWS", cold()));
    }

    /** Inserts that a table remembers by their token; a range is repeated at most a few inserts after it was sent. */
    private static final int DEDUPLICATION_WINDOW = 10_000;

    private String cold() {
        return coldVolume.isEmpty()
                ? ""
                : "toDateTime(ingested_at) + INTERVAL %d DAY TO VOLUME '%s',".formatted(coldAfterDays, coldVolume);
    }

    private static ConfigurationKey<Integer> days(String name, int defaultValue, String description) {
        return ConfigurationKey.integer(name, defaultValue, 1, LONGEST_DAYS, description);
    }

    private static void requireName(String key, String value, boolean mayBeEmpty) {
        if (!(mayBeEmpty && value.isEmpty()) && !value.matches("[A-Za-z_][A-Za-z0-9_-]*")) {
            throw new IllegalArgumentException("%s = '%s' must be letters, digits, '_' and '-'".formatted(key, value));
        }
    }
}
