package io.tidemark.benchmarks.canary;

import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.canary.CanaryJob;
import io.tidemark.jobs.canary.CanaryRules;
import io.tidemark.jobs.canary.Cell;
import io.tidemark.jobs.canary.Contribution;
import io.tidemark.jobs.canary.Contribution.Arm;
import io.tidemark.jobs.canary.ReleaseRecord;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** One rollout through the operator of the canary job, fed with the counts of its panes. */
final class SimulatedRollout implements AutoCloseable {

    static final long PANE_MILLIS = 10_000;

    /** By how much a watermark lies behind the traces: part of every delay. */
    static final long WATERMARK_DELAY_MILLIS = 10_000;

    private final LocalSchemas schemas = new LocalSchemas();
    private final AvroDeserializer<Verdict> verdicts = new AvroDeserializer<>(schemas, Verdict.class);
    private final KeyedTwoInputStreamOperatorTestHarness<String, Contribution, ReleaseRecord, OutputRecord> harness;

    SimulatedRollout(List<Release> releases, CanaryRules rules) throws Exception {
        harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                CanaryJob.rollouts(LocalSchemas::new, rules, ""),
                Contribution::releaseId,
                unused -> Rollouts.RELEASE,
                Types.STRING,
                128,
                1,
                0);
        harness.setup(OutputRecord.TYPE.createSerializer(null));
        harness.open();
        try (AvroSerializer<Release> serializer = new AvroSerializer<>(schemas, TopicCatalogue.RELEASES)) {
            for (Release release : releases) {
                byte[] value = serializer.serialize(TopicCatalogue.RELEASES.name(), release);
                harness.processElement2(new StreamRecord<>(new ReleaseRecord(value)));
            }
        }
        harness.processWatermarkStatus2(WatermarkStatus.IDLE);
    }

    /** Feeds one pane; the rollback when this was the deciding one. */
    Optional<Verdict> pane(long startMillis, Cell candidate, Cell control) throws Exception {
        send(startMillis, Arm.CANDIDATE, candidate);
        send(startMillis, Arm.CONTROL, control);
        harness.processWatermark1(new Watermark(startMillis + PANE_MILLIS - 1));
        Optional<Verdict> rollback = harness.extractOutputValues().stream()
                .map(record -> verdicts.deserialize(record.topic(), record.value()))
                .filter(verdict -> verdict.getVerdict() == VerdictKind.ROLLBACK)
                .findFirst();
        harness.getOutput().clear();
        return rollback;
    }

    private void send(long startMillis, Arm arm, Cell cell) throws Exception {
        Contribution contribution = new Contribution(Rollouts.RELEASE, arm, 0, "", "acme", startMillis, cell.encode());
        harness.processElement1(new StreamRecord<>(contribution));
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
