package io.tidemark.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    private static final ConfigurationKey<Integer> ROWS =
            ConfigurationKey.integer("sink.batch-rows", 10, 1, 100, "rows");
    private static final ConfigurationKey<Duration> WINDOW =
            ConfigurationKey.duration("drift.window", Duration.ofMinutes(5), Duration.ofSeconds(1), "window");
    private static final ConfigurationKey<String> MODE =
            ConfigurationKey.oneOf("drift.mode", "fast", Set.of("fast", "exact"), "mode");
    private static final ConfigurationKey<String> URL = ConfigurationKey.text("clickhouse.url", null, "URL");
    private static final ConfigurationKey<Double> SHARE = ConfigurationKey.decimal("drift.share", 0.5, 0, 1, "share");
    private static final ConfigurationKey<Boolean> EXACT = ConfigurationKey.bool("drift.exact", false, "exact");
    private static final ConfigurationKey<Map<String, String>> KAFKA =
            ConfigurationKey.prefix("kafka.properties", "kafka");
    private static final List<ConfigurationKey<?>> KEYS = List.of(ROWS, WINDOW, MODE, URL, SHARE, EXACT, KAFKA);

    @Test
    void defaultsHoldWhenNothingIsSet() {
        Configuration configuration = load(Map.of());
        assertThat(configuration.get(ROWS)).isEqualTo(10);
        assertThat(configuration.get(WINDOW)).isEqualTo(Duration.ofMinutes(5));
        assertThat(configuration.get(MODE)).isEqualTo("fast");
        assertThat(configuration.get(SHARE)).isEqualTo(0.5);
        assertThat(configuration.get(EXACT)).isFalse();
        assertThat(configuration.get(KAFKA)).isEmpty();
    }

    @Test
    void flagBeatsEnvironmentBeatsFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tidemark.properties");
        Files.writeString(file, "sink.batch-rows=20\ndrift.window=PT1M\ndrift.mode=exact\n");
        Map<String, String> environment = Map.of("TIDEMARK_SINK_BATCH_ROWS", "30", "TIDEMARK_DRIFT_WINDOW", "PT2M");
        Configuration configuration =
                Configuration.load(KEYS, environment, List.of("--config=" + file, "--sink.batch-rows=40"));
        assertThat(configuration.get(ROWS)).isEqualTo(40);
        assertThat(configuration.get(WINDOW)).isEqualTo(Duration.ofMinutes(2));
        assertThat(configuration.get(MODE)).isEqualTo("exact");
    }

    @Test
    void aPrefixCollectsWhatIsBelowIt() {
        Configuration configuration = load(
                Map.of("TIDEMARK_KAFKA_PROPERTIES_SASL_MECHANISM", "SCRAM-SHA-512"),
                "--kafka.properties.security.protocol=SASL_SSL");
        assertThat(configuration.get(KAFKA))
                .isEqualTo(Map.of("sasl.mechanism", "SCRAM-SHA-512", "security.protocol", "SASL_SSL"));
    }

    @Test
    void aMissingRequiredSettingNamesItsFlagAndVariable() {
        assertThatThrownBy(() -> load(Map.of()).get(URL))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("clickhouse.url is required; set --clickhouse.url=... or TIDEMARK_CLICKHOUSE_URL");
    }

    @Test
    void aBrokenRuleNamesKeyValueAndRule() {
        assertMessage("drift.window = '5m' cannot be parsed; example value: PT5M", WINDOW, "--drift.window=5m");
        assertMessage("drift.window = 'PT0S' must be at least PT1S", WINDOW, "--drift.window=PT0S");
        assertMessage("sink.batch-rows = '0' must lie in [1, 100]", ROWS, "--sink.batch-rows=0");
        assertMessage("drift.mode = 'x' must be one of [exact, fast]", MODE, "--drift.mode=x");
        assertMessage("drift.share = 'NaN' must lie in [0.0, 1.0]", SHARE, "--drift.share=NaN");
        assertMessage("drift.exact = 'yes' must be true or false", EXACT, "--drift.exact=yes");
    }

    @Test
    void unknownNamesAreRefused() {
        assertThatThrownBy(() -> load(Map.of(), "--sink.batch-row=5"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("unknown setting 'sink.batch-row' (flag); known are sink.batch-rows, ");
        assertThatThrownBy(() -> load(Map.of("TIDEMARK_SINK_BATCHROWS", "5")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("unknown setting 'TIDEMARK_SINK_BATCHROWS' (environment)");
    }

    @Test
    void variablesOfOtherProcessesAreLeftAlone() {
        assertThat(load(Map.of("TIDEMARK_WINDOWS_PARALLELISM", "5")).get(ROWS)).isEqualTo(10);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> load(Map.of(), "--config=nowhere.properties"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("configuration file 'nowhere.properties' does not exist");
    }

    private static void assertMessage(String message, ConfigurationKey<?> key, String flag) {
        assertThatThrownBy(() -> load(Map.of(), flag).get(key))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    private static Configuration load(Map<String, String> environment, String... arguments) {
        return Configuration.load(KEYS, environment, List.of(arguments));
    }
}
