package io.tidemark.testing;

import io.tidemark.stack.EmbeddedRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test class a real Kafka broker and a schema registry: one of each for all test classes of a JVM. The broker runs in a
 * container where Docker is available and as the embedded broker elsewhere; the first line of output says which.
 *
 * <p>Use it as {@code @RegisterExtension static final KafkaExtension KAFKA = new KafkaExtension();}. Classes stay apart by names:
 * {@link #createTopic} never gives the same topic twice, {@link #uniqueName} does for groups, transactions and runs.
 */
public final class KafkaExtension implements BeforeAllCallback {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private SharedKafka shared;

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(KafkaExtension.class))
                .getOrComputeIfAbsent("kafka", key -> SharedKafka.start(), SharedKafka.class);
    }

    /** Value for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return shared.bootstrapServers();
    }

    /** URL of the schema registry: an {@link EmbeddedRegistry}, started when first asked for. */
    public String registryUrl() {
        return shared.registryUrl();
    }

    /** A name that this JVM gives once only. */
    public String uniqueName(String prefix) {
        return "%s-%d-%d".formatted(prefix, ProcessHandle.current().pid(), NAMES.incrementAndGet());
    }

    /** Creates a topic with append-time timestamps and endless retention, and returns its name. */
    public String createTopic(String prefix, int partitions) {
        return createTopic(prefix, partitions, Map.of());
    }

    /** As {@link #createTopic(String, int)}, with further topic settings. */
    public String createTopic(String prefix, int partitions, Map<String, String> settings) {
        String name = uniqueName(prefix);
        Map<String, String> all =
                new java.util.HashMap<>(Map.of("retention.ms", "-1", "message.timestamp.type", "LogAppendTime"));
        all.putAll(settings);
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(all)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Topic %s cannot be created".formatted(name), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while topic %s was created".formatted(name), e);
        }
        return name;
    }

    /** A client for the broker; the caller closes it. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }
}
