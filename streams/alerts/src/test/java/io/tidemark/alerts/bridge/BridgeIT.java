package io.tidemark.alerts.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.alerts.Signals;
import io.tidemark.alerts.lifecycle.AlertLifecycle;
import io.tidemark.alerts.lifecycle.LifecycleRules;
import io.tidemark.alerts.lifecycle.Silences;
import io.tidemark.alerts.lifecycle.VerdictSignals;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;
import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.RefusalReason;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.platform.metrics.MetricsSettings;
import io.tidemark.platform.webhook.HmacSignature;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.TrustedRecords;
import io.tidemark.stack.FreePorts;
import io.tidemark.stack.Topics;
import io.tidemark.testing.KafkaExtension;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class BridgeIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String SECRET = "a shared secret";
    private static final List<String> ALERTMANAGERS = List.of("prometheus-alertmanager", "alertmanager");

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @TempDir
    Path folder;

    private Receiver receiver;
    private Bridge bridge;
    private Thread thread;

    @BeforeEach
    void prepare() throws IOException {
        TrustedRecords.register();
        Topics.create(KAFKA.bootstrapServers(), "", 2);
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        if (bridge != null) {
            bridge.stop();
            await().atMost(DEADLINE).until(() -> !thread.isAlive());
            bridge.close();
        }
        receiver.close();
    }

    @Test
    void everyEventReachesTheWebhookSignedAndInTheCloudEventsFormat() throws Exception {
        Alert first = alert("hook-1");
        Alert second = alert("hook-2");
        int[] failures = {2};
        receiver.answering(request -> request.body().contains(first.getAlertId()) && failures[0]-- > 0 ? 503 : 200);
        startWebhook();
        send(first);
        send(second);

        await().atMost(DEADLINE).until(() -> bodies(second).size() == 1);

        assertThat(bodies(first)).hasSize(3);
        Receiver.Request request = bodies(first).get(2);
        JsonNode event = JSON.readTree(request.body());
        assertThat(request.contentType()).isEqualTo("application/cloudevents+json");
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("id").asText()).isEqualTo(first.getAlertId() + "/1");
        assertThat(event.path("type").asText()).isEqualTo("io.tidemark.alert.v1");
        assertThat(event.path("data").path("state").asText()).isEqualTo("FIRING");
        String seconds = request.signature().substring(2, request.signature().indexOf(','));
        assertThat(new HmacSignature(SECRET)
                        .isOf(
                                seconds + "." + request.body(),
                                request.signature()
                                        .substring(request.signature().indexOf("v1=") + 3)))
                .isTrue();
    }

    @Test
    void whatIsRefusedIsDeadLetteredAndTheNextOneStillComes() throws Exception {
        Alert refused = alert("refused-1");
        Alert next = alert("refused-2");
        receiver.answering(request -> request.body().contains(refused.getAlertId()) ? 400 : 200);
        startWebhook();
        send(refused);
        send(next);

        await().atMost(DEADLINE).until(() -> bodies(next).size() == 1);

        assertThat(bodies(refused)).hasSize(1);
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(deadLetters()).anySatisfy(letter -> {
            assertThat(header(letter, RecordHeaders.REASON)).isEqualTo(RefusalReason.UNDELIVERABLE.name());
            assertThat(header(letter, RecordHeaders.REASON_DETAIL)).isEqualTo("HTTP status 400");
            assertThat(header(letter, RecordHeaders.REFUSED_BY)).isEqualTo("tidemark-bridge-webhook");
        }));
    }

    /** The real one, where Debian's package is installed: what fires is there, is sent again, and ends when it is resolved. */
    @Test
    void theAlertmanagerShowsWhatFires() throws Exception {
        Optional<Path> binary = alertmanager();
        assumeTrue(binary.isPresent(), "no Alertmanager on the PATH; Debian's package is prometheus-alertmanager");
        int port = FreePorts.next();
        Path configuration = folder.resolve("alertmanager.yml");
        Files.writeString(configuration, "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
        Process process = new ProcessBuilder(
                        binary.get().toString(),
                        "--config.file=" + configuration,
                        "--storage.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("alertmanager.log").toFile())
                .start();
        try {
            URI base = URI.create("http://127.0.0.1:" + port);
            await().atMost(DEADLINE).ignoreExceptions().until(() -> ask(base).isArray());
            Alert firing = alert("alertmanager-1");
            start(Optional.of(base), Optional.empty());
            send(firing);
            await().atMost(DEADLINE).until(() -> endOf(base, firing).isPresent());
            String firstEnd = endOf(base, firing).orElseThrow();
            await().atMost(DEADLINE).until(() -> endOf(base, firing)
                    .filter(end -> !end.equals(firstEnd))
                    .isPresent());
            send(Alert.newBuilder(firing)
                    .setState(AlertState.RESOLVED)
                    .setSequence(2)
                    .build());
            await().atMost(DEADLINE).until(() -> endOf(base, firing).isEmpty());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void startWebhook() throws IOException {
        start(Optional.empty(), Optional.of(URI.create(receiver.address())));
    }

    private void start(Optional<URI> alertmanager, Optional<URI> webhook) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        BridgeConfig config = new BridgeConfig(
                KafkaClientSettings.plain(KAFKA.bootstrapServers()),
                KAFKA.registryUrl(),
                Map.of(),
                alertmanager,
                webhook,
                secret.toString(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                4,
                Duration.ofMillis(10),
                new MetricsSettings("127.0.0.1", 0));
        Delivery delivery = BridgeProcess.deliveries(config, Clock.systemUTC()).get(0);
        bridge = new Bridge(config, delivery, new SimpleMeterRegistry(), Clock.systemUTC());
        thread = new Thread(bridge, "bridge");
        thread.start();
    }

    private static Alert alert(String release) {
        return new AlertLifecycle(LifecycleRules.defaults())
                .onSignal(
                        Optional.empty(),
                        VerdictSignals.of(Signals.rollback(
                                release,
                                release,
                                Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS),
                                "webhook",
                                "chat")),
                        Silences.none())
                .alert()
                .orElseThrow();
    }

    private static void send(Alert alert) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KafkaClientSettings.plain(KAFKA.bootstrapServers()).producer(),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            AvroSerializer<Alert> serializer = new AvroSerializer<>(
                    new ConfluentSchemaRegistry(KAFKA.registryUrl(), Map.of()), TopicCatalogue.ALERTS);
            producer.send(new ProducerRecord<>(
                            TopicCatalogue.ALERTS.name(),
                            0,
                            alert.getAlertId().getBytes(StandardCharsets.UTF_8),
                            serializer.serialize("", alert)))
                    .get();
        }
    }

    private List<Receiver.Request> bodies(Alert alert) {
        return receiver.requests().stream()
                .filter(each -> each.body().contains(alert.getAlertId()))
                .toList();
    }

    private static List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        Properties properties =
                KafkaClientSettings.plain(KAFKA.bootstrapServers()).client();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(TopicCatalogue.ALERTS.deadLetterName(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
            consumer.poll(Duration.ofSeconds(2)).forEach(letters::add);
            return letters;
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static Optional<Path> alertmanager() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(directory -> ALERTMANAGERS.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** When an active alert is to end; it moves with every repetition. */
    private static Optional<String> endOf(URI base, Alert alert) throws Exception {
        for (JsonNode each : ask(base)) {
            if (each.path("labels").path("alert_id").asText().equals(alert.getAlertId())) {
                return Optional.of(each.path("endsAt").asText());
            }
        }
        return Optional.empty();
    }

    private static JsonNode ask(URI base) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/api/v2/alerts?active=true"))
                .build();
        return JSON.readTree(HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body());
    }
}
