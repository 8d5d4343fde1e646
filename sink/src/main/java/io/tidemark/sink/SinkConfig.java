package io.tidemark.sink;

import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.platform.metrics.MetricsSettings;
import io.tidemark.platform.process.Lifeline;
import io.tidemark.sink.insert.Target;
import io.tidemark.sink.migration.MigrationSettings;
import io.tidemark.sink.service.BatchLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Settings of the sink.
 *
 * @param run name of a replay run; empty for live traffic
 * @param registryUrl schema registry
 * @param registryProperties further properties of the registry's client
 * @param migrate whether the database is brought up to date at the start
 * @param parallelInserts inserts that run at the same time
 */
public record SinkConfig(
        String run,
        KafkaClientSettings kafka,
        String registryUrl,
        Map<String, String> registryProperties,
        Target target,
        MigrationSettings migrations,
        boolean migrate,
        BatchLimits limits,
        int parallelInserts,
        MetricsSettings metrics) {

    private static final ConfigurationKey<String> RUN =
            ConfigurationKey.text("run", "", "name of a replay run; empty for live traffic");
    private static final ConfigurationKey<String> REGISTRY =
            ConfigurationKey.text("registry.url", null, "address of the schema registry");
    private static final ConfigurationKey<Map<String, String>> REGISTRY_PROPERTIES =
            ConfigurationKey.prefix("registry.properties", "further properties of the registry's client");
    private static final ConfigurationKey<String> CLICKHOUSE =
            ConfigurationKey.text("clickhouse.url", null, "HTTP address of ClickHouse, http://host:8123");
    private static final ConfigurationKey<String> USER =
            ConfigurationKey.text("clickhouse.user", "default", "user that may insert and create tables");
    private static final ConfigurationKey<String> PASSWORD =
            ConfigurationKey.text("clickhouse.password", "", "password of the user");
    private static final ConfigurationKey<Boolean> LZ4 =
            ConfigurationKey.bool("clickhouse.lz4", false, "compress inserts: for ClickHouse on another machine");
    private static final ConfigurationKey<Map<String, String>> SETTINGS = ConfigurationKey.prefix(
            "clickhouse.settings", "ClickHouse settings of each insert, for example insert_quorum");
    private static final ConfigurationKey<Boolean> MIGRATE =
            ConfigurationKey.bool("sink.migrate", true, "bring the database up to date at the start");
    private static final ConfigurationKey<Integer> ROWS =
            ConfigurationKey.integer("sink.batch-rows", 50_000, 1, 1_000_000, "rows of one insert");
    private static final ConfigurationKey<Long> BYTES =
            ConfigurationKey.longInteger("sink.batch-bytes", 32L << 20, 1 << 10, 1L << 30, "bytes of one insert");
    private static final ConfigurationKey<Duration> AGE = ConfigurationKey.duration(
            "sink.batch-age", Duration.ofMillis(700), Duration.ofMillis(1), "longest wait for an insert to fill");
    private static final ConfigurationKey<Long> BUFFERED = ConfigurationKey.longInteger(
            "sink.buffered-bytes", 160L << 20, 1 << 20, 1L << 36, "bytes in memory above which reading pauses");
    private static final ConfigurationKey<Integer> PARALLEL =
            ConfigurationKey.integer("sink.parallel-inserts", 2, 1, 64, "inserts that run at the same time");
    private static final ConfigurationKey<Duration> FUTURE = ConfigurationKey.duration(
            "sink.maximum-future",
            Duration.ofMinutes(10),
            Duration.ZERO,
            "longest lead of event time over append time");

    /**
     * Reads the settings.
     *
     * @throws io.tidemark.platform.config.ConfigurationException naming key, value and rule
     */
    public static Configuration load(Map<String, String> environment, List<String> arguments) {
        return Configuration.load(keys(), environment, arguments);
    }

    /** Every key. */
    public static List<ConfigurationKey<?>> keys() {
        List<ConfigurationKey<?>> keys = new ArrayList<>(List.of(
                RUN,
                REGISTRY,
                REGISTRY_PROPERTIES,
                CLICKHOUSE,
                USER,
                PASSWORD,
                LZ4,
                SETTINGS,
                MIGRATE,
                ROWS,
                BYTES,
                AGE,
                BUFFERED,
                PARALLEL,
                FUTURE,
                Lifeline.key()));
        keys.addAll(KafkaClientSettings.keys());
        keys.addAll(MetricsSettings.keys());
        keys.addAll(MigrationSettings.keys());
        return List.copyOf(keys);
    }

    /** The settings of a process. */
    public static SinkConfig from(Configuration configuration) {
        MigrationSettings migrations = MigrationSettings.from(configuration);
        return new SinkConfig(
                configuration.get(RUN),
                KafkaClientSettings.from(configuration),
                configuration.get(REGISTRY),
                configuration.get(REGISTRY_PROPERTIES),
                new Target(
                        configuration.get(CLICKHOUSE),
                        configuration.get(USER),
                        configuration.get(PASSWORD),
                        migrations.database(),
                        configuration.get(LZ4),
                        configuration.get(SETTINGS)),
                migrations,
                configuration.get(MIGRATE),
                new BatchLimits(
                        configuration.get(ROWS),
                        configuration.get(BYTES),
                        configuration.get(AGE),
                        configuration.get(BUFFERED),
                        configuration.get(FUTURE)),
                configuration.get(PARALLEL),
                MetricsSettings.from(configuration));
    }

    /** Consumer group of the run. */
    public String group() {
        return run.isEmpty() ? "tidemark-sink" : "tidemark-sink." + run;
    }

    /** JDBC address of the same ClickHouse. */
    public String jdbcUrl() {
        return "jdbc:clickhouse:" + target.url();
    }
}
