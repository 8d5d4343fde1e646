package io.tidemark.gateway.server;

import io.tidemark.gateway.otlp.BodyLimits;
import io.tidemark.gateway.otlp.TextPolicy;
import io.tidemark.gateway.trust.TenantAccess;
import io.tidemark.ingest.redaction.IdTokenizer;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.platform.metrics.MetricsSettings;
import io.tidemark.platform.process.Lifeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Settings of the gateway.
 *
 * @param host address to listen on
 * @param httpPort port of OTLP/HTTP and plain JSON, 0 for a free one
 * @param grpcPort port of OTLP/gRPC, 0 for a free one
 * @param registryUrl schema registry
 * @param registryProperties further properties of the registry's client
 * @param keysFile file of API keys
 * @param keys further keys, in the form of the file
 * @param quota quotas of keys that name none; its tenant has no meaning
 * @param limits limits of bodies
 * @param policy what becomes of texts
 * @param maximumAge how long ago a span may have ended
 * @param maximumLead how far ahead it may end
 * @param memoryBytes most bytes of requests under way
 * @param delivery longest wait for Kafka
 * @param linger how long a batch waits for more records
 * @param threads most threads of the HTTP server
 * @param tls certificate and client authentication
 */
public record GatewayConfig(
        String host,
        int httpPort,
        int grpcPort,
        KafkaClientSettings kafka,
        String registryUrl,
        Map<String, String> registryProperties,
        Optional<Path> keysFile,
        String keys,
        TenantAccess quota,
        BodyLimits limits,
        TextPolicy policy,
        Duration maximumAge,
        Duration maximumLead,
        long memoryBytes,
        Duration delivery,
        Duration linger,
        int threads,
        Optional<TlsSettings> tls,
        MetricsSettings metrics) {

    private static final int HIGHEST_PORT = 65_535;
    private static final BodyLimits USUAL = BodyLimits.DEFAULT;

    private static final ConfigurationKey<String> HOST =
            ConfigurationKey.text("gateway.host", "127.0.0.1", "address to listen on");
    private static final ConfigurationKey<Integer> HTTP_PORT =
            ConfigurationKey.integer("gateway.http-port", 4318, 0, HIGHEST_PORT, "port of OTLP/HTTP, 0 for a free one");
    private static final ConfigurationKey<Integer> GRPC_PORT =
            ConfigurationKey.integer("gateway.grpc-port", 4317, 0, HIGHEST_PORT, "port of OTLP/gRPC, 0 for a free one");
    private static final ConfigurationKey<String> REGISTRY =
            ConfigurationKey.text("registry.url", null, "address of the schema registry");
    private static final ConfigurationKey<Map<String, String>> REGISTRY_PROPERTIES =
            ConfigurationKey.prefix("registry.properties", "further properties of the registry's client");
    private static final ConfigurationKey<String> KEYS_FILE =
            ConfigurationKey.text("gateway.keys-file", "", "file of API keys, read again when it changes");
    private static final ConfigurationKey<String> KEYS =
            ConfigurationKey.text("gateway.keys", "", "API keys in the form of the file, separated by semicolons");
    private static final ConfigurationKey<Double> SPANS_QUOTA = ConfigurationKey.decimal(
            "gateway.spans-per-second", 50_000.0, 1, 1e9, "quota of keys that name none, spans a second");
    private static final ConfigurationKey<Double> BYTES_QUOTA = ConfigurationKey.decimal(
            "gateway.bytes-per-second", 1e8, 1, 1e12, "quota of keys that name none, bytes a second as they come");
    private static final ConfigurationKey<Integer> BODY = ConfigurationKey.integer(
            "gateway.body-bytes", USUAL.bodyBytes(), 1_024, 1 << 28, "largest body as it comes, in bytes");
    private static final ConfigurationKey<Integer> DECOMPRESSED = ConfigurationKey.integer(
            "gateway.decompressed-bytes", USUAL.decompressedBytes(), 1_024, 1 << 29, "largest body, in bytes");
    private static final ConfigurationKey<Integer> SPANS =
            ConfigurationKey.integer("gateway.spans", USUAL.spans(), 1, 1_000_000, "most spans of a body");
    private static final ConfigurationKey<Integer> ATTRIBUTES = ConfigurationKey.integer(
            "gateway.attributes", USUAL.attributes(), 1, 10_000, "most attributes of a span that are read");
    private static final ConfigurationKey<Boolean> CONTENT =
            ConfigurationKey.bool("gateway.capture-content", false, "keep prompts and responses, redacted");
    private static final ConfigurationKey<Double> SHARE =
            ConfigurationKey.decimal("gateway.content-share", 1.0, 1e-6, 1, "share of the traces whose texts are kept");
    private static final ConfigurationKey<String> TOKENIZED = ConfigurationKey.text(
            "gateway.tokenized-fields", "", "slice fields replaced by a keyed hash, for example session_id");
    private static final ConfigurationKey<String> TOKEN_SECRET =
            ConfigurationKey.text("gateway.token-secret", "", "secret of the keyed hash, at least 16 bytes");
    private static final ConfigurationKey<Duration> AGE = ConfigurationKey.duration(
            "gateway.maximum-age", Duration.ofDays(7), Duration.ofSeconds(1), "how long ago a span may have ended");
    private static final ConfigurationKey<Duration> LEAD = ConfigurationKey.duration(
            "gateway.maximum-lead", Duration.ofMinutes(10), Duration.ZERO, "how far ahead a span may end");
    private static final ConfigurationKey<Long> MEMORY = ConfigurationKey.longInteger(
            "gateway.memory-bytes", 96L << 20, 1L << 20, 1L << 36, "most bytes of requests under way");
    private static final ConfigurationKey<Duration> DELIVERY = ConfigurationKey.duration(
            "gateway.delivery-timeout", Duration.ofSeconds(8), Duration.ofSeconds(1), "longest wait for Kafka");
    private static final ConfigurationKey<Duration> LINGER = ConfigurationKey.duration(
            "gateway.linger", Duration.ofMillis(5), Duration.ZERO, "how long a batch waits for more records");
    private static final ConfigurationKey<Integer> THREADS =
            ConfigurationKey.integer("gateway.threads", 32, 8, 1_000, "most threads of the HTTP server");

    /** Every key. */
    public static List<ConfigurationKey<?>> keyList() {
        List<ConfigurationKey<?>> keys = new ArrayList<>(List.of(
                HOST,
                HTTP_PORT,
                GRPC_PORT,
                REGISTRY,
                REGISTRY_PROPERTIES,
                KEYS_FILE,
                KEYS,
                SPANS_QUOTA,
                BYTES_QUOTA,
                BODY,
                DECOMPRESSED,
                SPANS,
                ATTRIBUTES,
                CONTENT,
                SHARE,
                TOKENIZED,
                TOKEN_SECRET,
                AGE,
                LEAD,
                MEMORY,
                DELIVERY,
                LINGER,
                THREADS,
                Lifeline.key()));
        keys.addAll(TlsSettings.keys());
        keys.addAll(KafkaClientSettings.keys());
        keys.addAll(MetricsSettings.keys());
        return List.copyOf(keys);
    }

    /** The settings of a process. */
    public static GatewayConfig from(Configuration configuration) {
        BodyLimits limits = new BodyLimits(
                configuration.get(BODY),
                configuration.get(DECOMPRESSED),
                configuration.get(SPANS),
                USUAL.elements(),
                configuration.get(ATTRIBUTES),
                USUAL.attributeBytes(),
                USUAL.textBytes(),
                USUAL.depth());
        return new GatewayConfig(
                configuration.get(HOST),
                configuration.get(HTTP_PORT),
                configuration.get(GRPC_PORT),
                KafkaClientSettings.from(configuration),
                configuration.get(REGISTRY),
                configuration.get(REGISTRY_PROPERTIES),
                given(configuration.get(KEYS_FILE)).map(Path::of),
                configuration.get(KEYS),
                new TenantAccess("default", configuration.get(SPANS_QUOTA), configuration.get(BYTES_QUOTA)),
                limits,
                policy(configuration),
                configuration.get(AGE),
                configuration.get(LEAD),
                configuration.get(MEMORY),
                configuration.get(DELIVERY),
                configuration.get(LINGER),
                configuration.get(THREADS),
                TlsSettings.from(configuration),
                MetricsSettings.from(configuration));
    }

    private static TextPolicy policy(Configuration configuration) {
        Set<String> tokenized = Arrays.stream(configuration.get(TOKENIZED).split(","))
                .map(String::strip)
                .filter(field -> !field.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        return new TextPolicy(
                configuration.get(CONTENT),
                configuration.get(SHARE),
                USUAL.textBytes(),
                tokenized,
                given(configuration.get(TOKEN_SECRET)).map(IdTokenizer::new));
    }

    static Optional<String> given(String value) {
        return value.isBlank() ? Optional.empty() : Optional.of(value);
    }
}
