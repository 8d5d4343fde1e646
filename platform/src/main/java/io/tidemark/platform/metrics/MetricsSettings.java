package io.tidemark.platform.metrics;

import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import java.util.List;

/**
 * Where a process shows its metrics.
 *
 * @param host address to listen on
 * @param port port to listen on, 0 for a free one
 */
public record MetricsSettings(String host, int port) {

    private static final int HIGHEST_PORT = 65_535;

    private static final ConfigurationKey<String> HOST =
            ConfigurationKey.text("metrics.host", "127.0.0.1", "address of the metrics endpoint");

    private static final ConfigurationKey<Integer> PORT = ConfigurationKey.integer(
            "metrics.port", 0, 0, HIGHEST_PORT, "port of the metrics endpoint, 0 for a free one");

    /** The keys that a process with a metrics endpoint declares. */
    public static List<ConfigurationKey<?>> keys() {
        return List.of(HOST, PORT);
    }

    /** The settings of a process. */
    public static MetricsSettings from(Configuration configuration) {
        return new MetricsSettings(configuration.get(HOST), configuration.get(PORT));
    }
}
