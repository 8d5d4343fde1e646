package io.tidemark.testing;

import io.tidemark.stack.ChildProcess;
import io.tidemark.stack.FreePorts;
import io.tidemark.stack.kafka.BrokerSettings;
import io.tidemark.stack.kafka.KafkaProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A broker that lets in those only who know a password, over TLS. The schema registry, which in production is somebody else's, has a listener of its own
 * without either.
 */
public final class SecuredKafka implements AutoCloseable {

    private static final String USER = "tidemark";
    private static final String PASSWORD = "tide-and-mark";
    private static final Duration START_DEADLINE = Duration.ofSeconds(90);

    private final int securedPort;
    private final int plainPort;
    private final TestCertificate certificate;
    private final ChildProcess broker;

    private SecuredKafka(int securedPort, int plainPort, TestCertificate certificate, ChildProcess broker) {
        this.securedPort = securedPort;
        this.plainPort = plainPort;
        this.certificate = certificate;
        this.broker = broker;
    }

    /** Starts one and waits until it serves clients. */
    public static SecuredKafka start(Path directory) {
        int secured = FreePorts.next();
        int plain = FreePorts.next();
        int controller = FreePorts.next();
        TestCertificate certificate = TestCertificate.create(directory, "broker");
        Path settings = directory.resolve("broker.properties");
        Path ready = directory.resolve("broker.ready");
        try {
            new BrokerSettings(directory.resolve("log"), plain, controller).write(settings);
            Properties properties = new Properties();
            try (InputStream input = Files.newInputStream(settings)) {
                properties.load(input);
            }
            properties.putAll(listeners(secured, plain, controller, certificate));
            try (OutputStream output = Files.newOutputStream(settings)) {
                properties.store(output, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the settings of the broker cannot be written", e);
        }
        ChildProcess broker = ChildProcess.start(new ChildProcess.Specification(
                "secured Kafka broker",
                KafkaProcess.class,
                List.of("-Xmx400m", "-XX:+UseSerialGC"),
                List.of(settings.toString(), ready.toString()),
                directory.resolve("broker.log")));
        broker.awaitReady(() -> Files.exists(ready), START_DEADLINE);
        return new SecuredKafka(secured, plain, certificate, broker);
    }

    private static Map<String, String> listeners(int secured, int plain, int controller, TestCertificate certificate) {
        return Map.of(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,SASL_SSL://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                        .formatted(plain, secured, controller),
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:%d,SASL_SSL://127.0.0.1:%d".formatted(plain, secured),
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "listener.name.sasl_ssl.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_%s=\"%s\";"
                        .formatted(USER, PASSWORD),
                "ssl.keystore.location",
                certificate.keyStore().toString(),
                "ssl.keystore.password",
                TestCertificate.PASSWORD,
                "ssl.keystore.type",
                "PKCS12");
    }

    /** Address of the listener with TLS and passwords. */
    public String bootstrapServers() {
        return "127.0.0.1:" + securedPort;
    }

    /** Address of the listener with neither. */
    public String plainBootstrapServers() {
        return "127.0.0.1:" + plainPort;
    }

    /** What a client must be told, with the right password or another one. */
    public Map<String, String> clientProperties(boolean rightPassword) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(USER, rightPassword ? PASSWORD : "guessed"),
                "ssl.truststore.location",
                certificate.trustStore().toString(),
                "ssl.truststore.password",
                TestCertificate.PASSWORD,
                "ssl.truststore.type",
                "PKCS12");
    }

    @Override
    public void close() {
        broker.close();
    }
}
