package io.tidemark.jobs.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.platform.config.Configuration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanaryConfigTest {

    private static final List<String> REQUIRED = List.of(
            "--kafka.bootstrap-servers=localhost:9092",
            "--registry.url=http://localhost:8081",
            "--flink.state-directory=x");

    @Test
    void defaults() {
        CanaryConfig config = CanaryConfig.from(Configuration.load(CanaryConfig.keys(), Map.of(), REQUIRED));

        assertThat(config.rules()).isEqualTo(CanaryRules.standard());
        assertThat(config.rules().plannedPanes()).isEqualTo(8_640);
        assertThat(config.agreementCosine()).isEqualTo(0.85);
        assertThat(config.jobName()).isEqualTo("canary");
        assertThat(config.releasesTopic()).isEqualTo("tidemark.releases.v1");
        assertThat(config.source().outOfOrderness()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.source().allowedLateness()).isZero();
        assertThat(config.source().keyDimensions()).isEqualTo(ArmSlice.DIMENSIONS);
    }

    @Test
    void everySettingHasItsPlace() {
        Map<String, String> environment = Map.of(
                "TIDEMARK_RUN", "replay-1",
                "TIDEMARK_CANARY_OUT_OF_ORDERNESS", "PT2S",
                "TIDEMARK_CANARY_DUPLICATE_HORIZON", "PT0S",
                "TIDEMARK_CANARY_IDLENESS", "PT9S",
                "TIDEMARK_CANARY_ALIGNMENT_DRIFT", "PT2H",
                "TIDEMARK_CANARY_PLANNED_DURATION", "PT48H",
                "TIDEMARK_CANARY_REPORT_INTERVAL", "PT1M",
                "TIDEMARK_CANARY_VERDICT_EXPIRY", "PT7M",
                "TIDEMARK_CANARY_AGREEMENT_COSINE", "0.7");

        CanaryConfig config = CanaryConfig.from(Configuration.load(CanaryConfig.keys(), environment, REQUIRED));

        assertThat(config.rules())
                .isEqualTo(new CanaryRules(Duration.ofHours(48), Duration.ofMinutes(1), Duration.ofMinutes(7)));
        assertThat(config.agreementCosine()).isEqualTo(0.7);
        assertThat(config.releasesTopic()).isEqualTo("tidemark.releases.v1.replay-1");
        assertThat(config.source().outOfOrderness()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.source().duplicateHorizon()).isZero();
        assertThat(config.source().idleness()).isEqualTo(Duration.ofSeconds(9));
        assertThat(config.source().alignmentDrift()).isEqualTo(Duration.ofHours(2));
    }
}
