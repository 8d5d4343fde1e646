package io.tidemark.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.gateway.otlp.BodyLimits;
import io.tidemark.platform.config.Configuration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {

    private static final Map<String, String> REQUIRED =
            Map.of("TIDEMARK_KAFKA_BOOTSTRAP_SERVERS", "broker:9092", "TIDEMARK_REGISTRY_URL", "http://registry:8081");

    @Test
    void defaults() {
        GatewayConfig config = load();
        assertThat(config.httpPort()).isEqualTo(4318);
        assertThat(config.grpcPort()).isEqualTo(4317);
        assertThat(config.limits()).isEqualTo(BodyLimits.DEFAULT);
        assertThat(config.maximumAge()).isEqualTo(Duration.ofDays(7));
        assertThat(config.maximumLead()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.tls()).isEmpty();
        assertThat(config.keysFile()).isEmpty();
    }

    @Test
    void settingsArriveWhereTheyBelong() {
        GatewayConfig config = load(
                "--gateway.http-port=1",
                "--gateway.body-bytes=2048",
                "--gateway.spans=3",
                "--gateway.keys-file=k",
                "--gateway.delivery-timeout=PT4S",
                "--gateway.memory-bytes=1048576",
                "--gateway.spans-per-second=6");
        assertThat(config.httpPort()).isEqualTo(1);
        assertThat(config.limits().bodyBytes()).isEqualTo(2_048);
        assertThat(config.limits().spans()).isEqualTo(3);
        assertThat(config.keysFile().orElseThrow()).hasToString("k");
        assertThat(config.delivery()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.memoryBytes()).isEqualTo(1_048_576);
        assertThat(config.quota().spansPerSecond()).isEqualTo(6);
    }

    @Test
    void whatContradictsItselfIsRefused() {
        assertThatThrownBy(() -> load("--gateway.tls=on")).hasMessageContaining("gateway.tls-key-store");
        assertThatThrownBy(() -> load("--gateway.tokenized-fields=session_id")).hasMessageContaining("no secret");
        assertThatThrownBy(() -> load("--gateway.token-secret=short", "--gateway.tokenized-fields=session_id"))
                .hasMessageContaining("at least 16")
                .hasMessageNotContaining("short'");
    }

    private static GatewayConfig load(String... flags) {
        return GatewayConfig.from(Configuration.load(GatewayConfig.keyList(), REQUIRED, List.of(flags)));
    }
}
