package io.tidemark.cli.drift;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.alert.AvroTail;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.contracts.avro.Baseline;
import io.tidemark.contracts.avro.BaselineState;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.drift.BaselineBook;
import io.tidemark.jobs.drift.BaselineRecords;
import io.tidemark.jobs.drift.profile.Profile;
import io.tidemark.registry.AvroSerializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The baselines of a run: the topic that the drift job reads. */
public final class BaselineLog {

    private final StackEndpoints endpoints;
    private final String topic;

    /** @param run name of the run, empty for live traffic */
    public BaselineLog(StackEndpoints endpoints, String run) {
        this.endpoints = endpoints;
        this.topic = TopicCatalogue.BASELINES.nameInRun(run);
    }

    /** The last record of each key, in the order of the topic. */
    List<Baseline> records() {
        Map<String, Baseline> latest = new LinkedHashMap<>();
        try (AvroTail<Baseline> tail = new AvroTail<>(endpoints, topic, Baseline.class)) {
            tail.readToEnd().forEach(record -> {
                latest.remove(BaselineRecords.key(record));
                latest.put(BaselineRecords.key(record), record);
            });
        }
        return List.copyOf(latest.values());
    }

    BaselineBook book() {
        BaselineBook book = new BaselineBook();
        book.add(records());
        return book;
    }

    /** Publishes a baseline. */
    public void write(Profile profile, BaselineState state) {
        if (state == BaselineState.ACTIVE) {
            archiveOthers(profile.head().id(), profile.head().tenant().orElse(null));
        }
        write(BaselineRecords.of(profile, state));
    }

    /** Puts a baseline in force; the one that was in force for the same tenant no longer is. */
    Baseline activate(String id) {
        Baseline description = book().descriptions().get(id);
        if (description == null) {
            throw new CommandFailure("there is no baseline '%s'; './tidemark baseline list' shows all".formatted(id));
        }
        archiveOthers(id, description.getTenant());
        Baseline active =
                Baseline.newBuilder(description).setState(BaselineState.ACTIVE).build();
        write(List.of(active));
        return active;
    }

    private void archiveOthers(String id, String tenant) {
        List<Baseline> archived = new ArrayList<>();
        for (Baseline each : book().descriptions().values()) {
            boolean isOther = each.getState() == BaselineState.ACTIVE
                    && Objects.equals(each.getTenant(), tenant)
                    && !each.getBaselineId().equals(id);
            if (isOther) {
                archived.add(Baseline.newBuilder(each)
                        .setState(BaselineState.ARCHIVED)
                        .build());
            }
        }
        write(archived);
    }

    /** Gives a run the baselines of live traffic. */
    public void adopt() {
        write(new BaselineLog(endpoints, "").records());
    }

    private void write(List<Baseline> records) {
        if (records.isEmpty()) {
            return;
        }
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (AvroSerializer<Baseline> serializer =
                        new AvroSerializer<>(endpoints.newRegistryClient(), TopicCatalogue.BASELINES);
                KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                        endpoints.kafka().producer(), new StringSerializer(), new ByteArraySerializer())) {
            for (Baseline record : records) {
                byte[] value = serializer.serialize(TopicCatalogue.BASELINES.name(), record);
                sent.add(producer.send(new ProducerRecord<>(topic, BaselineRecords.key(record), value)));
            }
            producer.flush();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new CommandFailure(
                    "Kafka did not take the baseline: %s".formatted(e.getCause().getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while a baseline was published", e);
        }
    }
}
