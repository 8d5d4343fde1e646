package io.tidemark.jobs.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.platform.config.Configuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.junit.jupiter.api.Test;

class QualityConfigTest {

    @Test
    void defaults() {
        QualityConfig config = config();
        assertThat(config.rules().labelAges()).containsExactly(1, 3, 7);
        assertThat(config.rules().bound()).isEqualTo(Duration.ofDays(8));
        assertThat(config.sampling().standard().rate()).isEqualTo(0.1);
        assertThat(config.sampling().standard().floor()).isZero();
        assertThat(config.restateInterval()).isEqualTo(Duration.ofHours(1));
        assertThat(config.signalAgeDays()).isEqualTo(3);
        assertThat(config.joinsSessions()).isTrue();
        assertThat(config.fairnessFeatures()).isEmpty();
        assertThat(config.minimumCell()).isEqualTo(30);
        assertThat(config.jobName()).isEqualTo("quality");
    }

    @Test
    void everySettingIsMapped() {
        QualityConfig config = config(
                "--quality.label-ages=2,5",
                "--quality.bound=P6D",
                "--quality.positive-class=yes",
                "--quality.restate-interval=PT30M",
                "--quality.signal-age-days=5",
                "--quality.sessions=false",
                "--quality.fairness-features=sex, region",
                "--quality.minimum-cell=50",
                "--run=r1");
        assertThat(config.rules().labelAges()).containsExactly(2, 5);
        assertThat(config.rules().positiveClass()).isEqualTo("yes");
        assertThat(config.restateInterval()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.signalAgeDays()).isEqualTo(5);
        assertThat(config.joinsSessions()).isFalse();
        assertThat(config.fairnessFeatures()).containsExactly("sex", "region");
        assertThat(config.minimumCell()).isEqualTo(50);
        assertThat(config.jobName()).isEqualTo("quality.r1");
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> config("--quality.restate-interval=PT7M")).hasMessageContaining("must divide a day");
        assertThatThrownBy(() -> config("--quality.label-ages=3,1")).hasMessageContaining("quality.label-ages");
        assertThatThrownBy(() -> config("--quality.label-ages=9")).hasMessageContaining("bound of the join");
        assertThatThrownBy(() -> config("--quality.signal-age-days=2")).hasMessageContaining("one of the label ages");
    }

    @Test
    void nothingBetweenTasksIsWrittenByKryo() {
        SerializerConfigImpl noGenericTypes = new SerializerConfigImpl();
        noGenericTypes.setGenericTypes(false);
        List.of(KeyedRecord.TYPE, CohortDelta.TYPE, CohortRow.TYPE)
                .forEach(type ->
                        assertThat(type.createSerializer(noGenericTypes)).isNotNull());
    }

    private static QualityConfig config(String... flags) {
        List<String> all = new ArrayList<>(List.of(
                "--registry.url=http://localhost:1",
                "--kafka.bootstrap-servers=localhost:2",
                "--flink.state-directory=/state"));
        all.addAll(List.of(flags));
        return QualityConfig.from(Configuration.load(QualityConfig.keys(), Map.of(), all));
    }
}
