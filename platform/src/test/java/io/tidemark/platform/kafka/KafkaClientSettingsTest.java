package io.tidemark.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.platform.config.Configuration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaClientSettingsTest {

    @Test
    void securityReachesEveryClient() {
        Configuration configuration = Configuration.load(
                KafkaClientSettings.keys(),
                Map.of("TIDEMARK_KAFKA_BOOTSTRAP_SERVERS", "broker:9093"),
                List.of("--kafka.properties.security.protocol=SASL_SSL", "--kafka.properties.sasl.mechanism=PLAIN"));
        KafkaClientSettings settings = KafkaClientSettings.from(configuration);
        for (var properties : List.of(settings.client(), settings.producer(), settings.consumer("group"))) {
            assertThat(properties)
                    .containsEntry("bootstrap.servers", "broker:9093")
                    .containsEntry("security.protocol", "SASL_SSL")
                    .containsEntry("sasl.mechanism", "PLAIN");
        }
    }

    @Test
    void producersLoseNothingAndConsumersSeeOnlyCommittedRecords() {
        KafkaClientSettings settings =
                new KafkaClientSettings("broker:9092", Map.of("acks", "0", "isolation.level", "read_committed"));
        assertThat(settings.producer())
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true")
                .containsEntry("max.in.flight.requests.per.connection", "1");
        assertThat(settings.consumer("group"))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", "false");
    }
}
