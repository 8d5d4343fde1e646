package io.tidemark.cli.stack;

import io.tidemark.cli.CommandFailure;
import io.tidemark.contracts.avro.Rule;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.rules.model.ShippedRules;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The published alert rules of a run: the topic that the rules job reads. */
public final class RuleTopic {

    private static final Duration WAIT = Duration.ofMillis(200);
    private static final String ENDING = ".yaml";

    private final StackEndpoints endpoints;
    private final String topic;

    /** @param run name of the run, empty for live traffic */
    public RuleTopic(StackEndpoints endpoints, String run) {
        this.endpoints = endpoints;
        this.topic = TopicCatalogue.RULES.nameInRun(run);
    }

    /** What publishing did with a rule. */
    public enum Change {
        NEW,
        CHANGED,
        UNCHANGED,
        RETIRED
    }

    /**
     * A rule and what became of it.
     *
     * @param id its id
     * @param version its version now
     * @param change what was done
     */
    public record Outcome(String id, int version, Change change) {}

    /** The last version of each rule, retired ones included, by id. */
    public Map<String, Rule> read() {
        Properties properties = endpoints.kafka().client();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        Map<String, Rule> rules = new TreeMap<>();
        AvroDeserializer<Rule> deserializer = new AvroDeserializer<>(endpoints.newRegistryClient(), Rule.class);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(WAIT)) {
                    Rule rule = deserializer.deserialize(topic, each.value());
                    if (rule != null) {
                        rules.put(rule.getRuleId(), rule);
                    }
                }
            }
        }
        return rules;
    }

    /**
     * Publishes rules that were checked; those whose text is published already are left alone.
     *
     * @param texts text of each file by its name, {@code <id>.yaml}
     * @param effective event time from which they are in force
     * @param actor who publishes
     * @param retireOthers whether rules that are not among the files are retired
     */
    public List<Outcome> publish(Map<String, String> texts, Instant effective, String actor, boolean retireOthers) {
        Map<String, Rule> published = read();
        TreeMap<String, Rule> versions = new TreeMap<>();
        TreeMap<String, Outcome> outcomes = new TreeMap<>();
        texts.forEach((file, text) -> {
            String id = file.substring(0, file.length() - ENDING.length());
            Rule before = published.get(id);
            boolean isSame =
                    before != null && !before.getRetired() && before.getHash().equals(hash(text));
            int version = before == null ? 1 : before.getVersion() + (isSame ? 0 : 1);
            if (!isSame) {
                versions.put(id, rule(id, version, text, effective, actor));
            }
            Change change = before == null ? Change.NEW : isSame ? Change.UNCHANGED : Change.CHANGED;
            outcomes.put(id, new Outcome(id, version, change));
        });
        if (retireOthers) {
            published.forEach((id, rule) -> {
                if (!outcomes.containsKey(id) && !rule.getRetired()) {
                    Rule last = rule(id, rule.getVersion() + 1, "", effective, actor);
                    last.setRetired(true);
                    versions.put(id, last);
                    outcomes.put(id, new Outcome(id, last.getVersion(), Change.RETIRED));
                }
            });
        }
        write(versions);
        return List.copyOf(outcomes.values());
    }

    /** Gives a run the rules of live traffic, or those that come along when it has none, in force from the first event on. */
    void adopt() {
        if (!read().isEmpty()) {
            return;
        }
        TreeMap<String, String> texts = new TreeMap<>();
        new RuleTopic(endpoints, "").read().forEach((id, rule) -> {
            if (!rule.getRetired()) {
                texts.put(id + ENDING, rule.getDocument());
            }
        });
        publish(texts.isEmpty() ? ShippedRules.texts() : texts, Instant.EPOCH, "tidemark", false);
    }

    private static Rule rule(String id, int version, String text, Instant effective, String actor) {
        return Rule.newBuilder()
                .setRuleId(id)
                .setVersion(version)
                .setHash(hash(text))
                .setEffectiveTime(effective)
                .setDocument(text)
                .setActor(actor)
                .build();
    }

    private void write(Map<String, Rule> versions) {
        TreeMap<String, Future<RecordMetadata>> sent = new TreeMap<>();
        try (AvroSerializer<Rule> serializer =
                        new AvroSerializer<>(endpoints.newRegistryClient(), TopicCatalogue.RULES);
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        endpoints.kafka().producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            versions.forEach((id, rule) -> sent.put(
                    id,
                    producer.send(new ProducerRecord<>(
                            topic, id.getBytes(StandardCharsets.UTF_8), serializer.serialize(topic, rule)))));
            producer.flush();
        }
        sent.forEach(RuleTopic::requireSent);
    }

    private static void requireSent(String id, Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new CommandFailure(
                    "Kafka did not take rule %s: %s".formatted(id, e.getCause().getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("the rules were not published, because the command was interrupted", e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
