package io.tidemark.jobs.quality;

import io.tidemark.contracts.alert.AlertIds;
import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.quality.measure.QualitySlice;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** How this job writes signals. */
final class QualitySignals {

    private static final Set<String> LEVELS = Set.of("version", "tenant_version");

    private final AvroSerializer<Signal> serializer;
    private final String topic;

    QualitySignals(SchemaRegistry registry, String run) {
        serializer = new AvroSerializer<>(registry, TopicCatalogue.SIGNALS);
        topic = TopicCatalogue.SIGNALS.nameInRun(run);
    }

    /** Signals are about one version, so that a change of version is never taken for a change of quality. */
    static boolean isAbout(QualitySlice slice) {
        return slice.role() == TrafficRole.PRODUCTION && LEVELS.contains(slice.level());
    }

    /**
     * Slice of a signal.
     *
     * @param labels what is measured is part of the slice of the alert: two judges that differ are two alerts
     */
    static SliceRef slice(QualitySlice slice, Map<String, String> labels) {
        return SliceRef.newBuilder()
                .setSliceLevel(slice.level())
                .setTenant(slice.tenant())
                .setVersionId(slice.version().versionId())
                .setVersion(slice.version().toAvro())
                .setRole(slice.role())
                .setLabels(labels)
                .build();
    }

    /** Gives a signal its id, which follows from its rule, slice, measure and time, and writes it. */
    OutputRecord record(Signal signal) {
        String name = signal.getRuleId() + "|" + SliceKey.of(signal.getSlice());
        signal.setSignalId(
                AlertIds.hash(name + "|" + signal.getEvidence().get(0).getMeasure() + "|" + signal.getEventTime()));
        return OutputRecord.of(topic, name.getBytes(StandardCharsets.UTF_8), serializer.serialize(topic, signal));
    }
}
