package io.tidemark.console;

import io.tidemark.console.api.Targets;
import io.tidemark.console.command.CommandSettings;
import io.tidemark.console.query.ClickHouseSettings;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.metrics.MetricsSettings;
import io.tidemark.platform.process.Lifeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the console.
 *
 * @param host address to listen on
 * @param port port to listen on, 0 for a free one
 * @param threads most threads of the HTTP server
 * @param tokensFile file of tokens
 * @param tokens further tokens, in the form of the file
 * @param targets what the pages measure services by
 * @param commands how rollbacks are commanded; empty for a console that only reads
 */
public record ConsoleConfig(
        String host,
        int port,
        int threads,
        Optional<Path> tokensFile,
        String tokens,
        ClickHouseSettings clickHouse,
        Targets targets,
        Optional<CommandSettings> commands,
        MetricsSettings metrics) {

    private static final ConfigurationKey<String> HOST =
            ConfigurationKey.text("console.host", "127.0.0.1", "address to listen on");
    private static final ConfigurationKey<Integer> PORT =
            ConfigurationKey.integer("console.port", 8088, 0, 65_535, "port to listen on, 0 for a free one");
    private static final ConfigurationKey<Integer> THREADS =
            ConfigurationKey.integer("console.threads", 16, 8, 1_000, "most threads of the HTTP server");
    private static final ConfigurationKey<String> TOKENS_FILE = ConfigurationKey.text(
            "console.tokens-file", "", "file of tokens, read again when it changes: SHA-256, and tenant or *");
    private static final ConfigurationKey<String> TOKENS =
            ConfigurationKey.text("console.tokens", "", "tokens in the form of the file, separated by semicolons");
    private static final ConfigurationKey<String> URL =
            ConfigurationKey.text("clickhouse.url", null, "HTTP address of ClickHouse, http://host:8123");
    private static final ConfigurationKey<String> USER =
            ConfigurationKey.text("clickhouse.user", "default", "user that may read, with readonly = 2");
    private static final ConfigurationKey<String> PASSWORD =
            ConfigurationKey.text("clickhouse.password", "", "password of the user");
    private static final ConfigurationKey<String> DATABASE =
            ConfigurationKey.text("clickhouse.database", "tidemark", "database of the views");
    private static final ConfigurationKey<Duration> TIMEOUT = ConfigurationKey.duration(
            "console.statement-timeout", Duration.ofSeconds(10), Duration.ofSeconds(1), "longest time of a statement");
    private static final ConfigurationKey<Long> MEMORY = ConfigurationKey.longInteger(
            "console.statement-memory-bytes", 256L << 20, 1L << 20, 1L << 40, "most memory of a statement");
    private static final ConfigurationKey<Double> ERROR_RATE = ConfigurationKey.decimal(
            "console.target-error-rate", 0.005, 0, 1, "share of failed calls up to which a service is good");
    private static final ConfigurationKey<Integer> LATENCY = ConfigurationKey.integer(
            "console.target-end-to-end-p95-ms",
            0,
            0,
            3_600_000,
            "95th percentile of the whole latency up to which a service is good; 0 for none");
    private static final ConfigurationKey<Double> ACCURACY = ConfigurationKey.decimal(
            "console.target-accuracy", 0.0, 0, 1, "lowest accuracy that is still good; 0 for none");

    /** Every key. */
    public static List<ConfigurationKey<?>> keyList() {
        List<ConfigurationKey<?>> keys = new ArrayList<>(List.of(
                HOST,
                PORT,
                THREADS,
                TOKENS_FILE,
                TOKENS,
                URL,
                USER,
                PASSWORD,
                DATABASE,
                TIMEOUT,
                MEMORY,
                ERROR_RATE,
                LATENCY,
                ACCURACY,
                Lifeline.key()));
        keys.addAll(CommandSettings.keys());
        keys.addAll(MetricsSettings.keys());
        return List.copyOf(keys);
    }

    /** The settings of a process. */
    public static ConsoleConfig from(Configuration configuration) {
        String file = configuration.get(TOKENS_FILE);
        double latency = configuration.get(LATENCY);
        return new ConsoleConfig(
                configuration.get(HOST),
                configuration.get(PORT),
                configuration.get(THREADS),
                file.isBlank() ? Optional.empty() : Optional.of(Path.of(file)),
                configuration.get(TOKENS),
                new ClickHouseSettings(
                        configuration.get(URL),
                        configuration.get(USER),
                        configuration.get(PASSWORD),
                        configuration.get(DATABASE),
                        configuration.get(TIMEOUT),
                        configuration.get(MEMORY)),
                new Targets(configuration.get(ERROR_RATE), orNone(latency), orNone(configuration.get(ACCURACY))),
                CommandSettings.from(configuration),
                MetricsSettings.from(configuration));
    }

    /** A target; 0 stands for none. */
    private static Double orNone(double target) {
        return target == 0 ? null : (Double) target;
    }
}
