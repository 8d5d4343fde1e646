package io.tidemark.consumers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.consumers.decision.GuardSettings;
import io.tidemark.consumers.retraining.RetrainingSettings;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsumerConfigTest {

    @Test
    void aConsumerIsNotArmedUnlessSomebodySaysSo() {
        ConsumerConfig config = config();
        assertThat(config.guards())
                .isEqualTo(new GuardSettings(
                        false,
                        Set.of(),
                        Set.of(),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(10),
                        2,
                        5,
                        Duration.ofHours(1),
                        30,
                        3,
                        false));
        assertThat(config.retries()).isEqualTo(new Retries(4, Duration.ofMillis(250)));
        assertThat(config.commandSecret()).isEmpty();
    }

    @Test
    void anArmedConsumerNeedsToKnowForWhomAndWhere() {
        assertThatThrownBy(() -> config("--actions.armed=true"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("actions.tenants and actions.targets");
        assertThat(config("--actions.armed=true", "--actions.tenants=acme, globex", "--actions.targets=webhook:*")
                        .guards()
                        .tenants())
                .containsExactlyInAnyOrder("acme", "globex");
    }

    @Test
    void aScheduleNamesItsTargetAndItsPeriod() {
        RetrainingSettings settings =
                retraining("--retraining.schedule.weekly=airflow:retrain@P7D", "--retraining.changes=index_rebuild");
        assertThat(settings.schedules()).singleElement().satisfies(schedule -> {
            assertThat(schedule.target().adapter()).isEqualTo("airflow");
            assertThat(schedule.period()).isEqualTo(Duration.ofDays(7));
        });
        assertThatThrownBy(() -> retraining("--retraining.schedule.weekly=airflow:retrain@weekly"))
                .hasMessage(
                        "retraining.schedule.weekly = 'airflow:retrain@weekly': the period cannot be parsed; example value: P7D");
        assertThatThrownBy(() -> retraining("--retraining.changes=weather")).hasMessageContaining("index_rebuild");
    }

    private static ConsumerConfig config(String... flags) {
        return ConsumerConfig.from(load(flags), RollbackProcess.NAME, false);
    }

    private static RetrainingSettings retraining(String... flags) {
        return RetrainingSettings.from(load(flags));
    }

    private static Configuration load(String... flags) {
        List<String> all = new ArrayList<>(List.of("--kafka.bootstrap-servers=b:1", "--registry.url=http://r"));
        all.addAll(List.of(flags));
        return Configuration.load(RetrainingProcess.keys(), Map.of(), all);
    }
}
