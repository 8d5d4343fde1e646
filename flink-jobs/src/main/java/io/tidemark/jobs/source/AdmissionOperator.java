package io.tidemark.jobs.source;

import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.RefusalReason;
import io.tidemark.contracts.trace.InferenceEvent;
import io.tidemark.contracts.trace.MalformedTraceException;
import io.tidemark.contracts.trace.TraceAdmission;
import io.tidemark.jobs.runtime.BytesSerializer;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.runtime.PrometheusReporter;
import io.tidemark.registry.NotARecordException;
import io.tidemark.registry.UnknownSchemaException;
import io.tidemark.registry.WireFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Decides for each record whether it counts: refused records are counted (the sink dead-letters them), records beyond the
 * allowed lateness go to the late topic, repeated inferences are counted once. Fills the price of the rest.
 */
final class AdmissionOperator extends AbstractStreamOperator<AdmittedTrace>
        implements OneInputStreamOperator<RawTrace, AdmittedTrace> {

    /** Late records and progress. */
    static final OutputTag<OutputRecord> SIDE = new OutputTag<>("source-side", OutputRecord.TYPE);

    private static final long serialVersionUID = 1L;
    private static final ListStateDescriptor<byte[]> PARTITIONS =
            new ListStateDescriptor<>("partitions-v1", BytesSerializer.INSTANCE);
    private static final int BUCKETS_PER_HORIZON = 5;
    private static final long MICROS_PER_MILLI = 1_000;

    private final TraceSourceConfig config;
    private final long outOfOrdernessMillis;
    private final long latenessMillis;
    private final long allowedLatenessMillis;
    private final long horizonMillis;

    private transient Projections projections;
    private transient TraceAdmission admission;
    private transient PriceTable prices;
    private transient PartitionStates partitions;
    private transient ListState<byte[]> partitionState;
    private transient AdmittedTrace admitted;
    private transient StreamRecord<AdmittedTrace> outgoing;
    private transient long watermarkMillis;
    private transient long checkpointMillis;
    private transient Set<String> loggedReasons;

    AdmissionOperator(TraceSourceConfig config) {
        this.config = config;
        outOfOrdernessMillis = config.outOfOrderness().toMillis();
        latenessMillis = outOfOrdernessMillis + config.allowedLateness().toMillis();
        allowedLatenessMillis = config.allowedLateness().toMillis();
        horizonMillis = config.duplicateHorizon().toMillis();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        partitions = new PartitionStates();
        partitionState = context.getOperatorStateStore().getUnionListState(PARTITIONS);
        for (byte[] record : partitionState.get()) {
            partitions.restore(record);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        projections = new Projections(config.registry().connect(), config.keyDimensions());
        admission = new TraceAdmission(config.maximumSkew());
        prices = config.priceFile().isEmpty() ? PriceTable.standard() : PriceTable.of(Path.of(config.priceFile()));
        admitted = new AdmittedTrace();
        outgoing = new StreamRecord<>(admitted);
        watermarkMillis = Long.MIN_VALUE / 2;
        loggedReasons = new HashSet<>();
        registerMetrics(getMetricGroup());
    }

    private void registerMetrics(MetricGroup group) {
        MetricGroup own = group.addGroup(PrometheusReporter.GROUP);
        own.gauge("accepted", () -> total(Counted.ACCEPTED));
        own.gauge("rejected", () -> total(Counted.REJECTED));
        own.gauge("late", () -> total(Counted.LATE));
        own.gauge("duplicates", () -> total(Counted.DUPLICATES));
        own.gauge("watermark_age_seconds", () -> ageSeconds(watermarkMillis));
        own.gauge("checkpoint_age_seconds", () -> ageSeconds(checkpointMillis));
    }

    private double ageSeconds(long millis) {
        boolean isTime = millis > 0 && millis < Long.MAX_VALUE;
        return isTime ? (getProcessingTimeService().getCurrentProcessingTime() - millis) / 1e3 : Double.NaN;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        checkpointMillis = getProcessingTimeService().getCurrentProcessingTime();
    }

    private enum Counted {
        ACCEPTED,
        REJECTED,
        LATE,
        DUPLICATES
    }

    private long total(Counted counted) {
        long total = 0;
        for (PartitionState state : partitions.claimed()) {
            total += switch (counted) {
                case ACCEPTED -> state.accepted;
                case REJECTED -> state.rejected;
                case LATE -> state.late;
                case DUPLICATES -> state.duplicates;
            };
        }
        return total;
    }

    @Override
    public void processElement(StreamRecord<RawTrace> element) {
        RawTrace raw = element.getValue();
        PartitionState partition = partitions.of(raw.partition());
        partition.lastOffset = raw.offset();
        if (raw.isEndMarker()) {
            reportProgress(partition);
        } else if (isReadable(raw)) {
            decide(raw, partition);
        } else {
            partition.rejected++;
        }
    }

    private boolean isReadable(RawTrace raw) {
        try {
            projections.of(raw.value()).read(raw.value(), WireFormat.HEADER_BYTES, admitted.trace());
        } catch (NotARecordException | UnknownSchemaException | MalformedTraceException e) {
            logFirst(e.getClass().getSimpleName(), e.getMessage(), raw);
            return false;
        }
        InferenceEvent event = admitted.trace().event();
        Optional<RefusalReason> refusal =
                admission.refusal(admitted.trace().hasTenant(), event.eventTimeMicros, raw.appendTimeMillis());
        refusal.ifPresent(reason -> logFirst(reason.name(), "refused by its values", raw));
        return refusal.isEmpty();
    }

    /** The first record that is refused for a reason; the sink keeps them all. */
    private void logFirst(String reason, String detail, RawTrace raw) {
        if (loggedReasons.add(reason)) {
            LOG.warn(
                    "{}: first refused trace at partition {}, offset {}: {}",
                    reason,
                    raw.partition(),
                    raw.offset(),
                    detail);
        }
    }

    private void decide(RawTrace raw, PartitionState partition) {
        partition.highestMillis = Math.max(partition.highestMillis, raw.candidateMillis());
        long eventMillis = admitted.trace().event().eventTimeMicros / MICROS_PER_MILLI;
        if (eventMillis < partition.highestMillis - latenessMillis || isFinal(eventMillis)) {
            partition.late++;
            output.collect(SIDE, new StreamRecord<>(lateRecord(raw)));
        } else if (isDuplicate(partition)) {
            partition.duplicates++;
        } else {
            partition.accepted++;
            prices.fill(admitted.trace());
            admitted.closedBeforeMillis(closedBeforeMillis(partition));
            output.collect(outgoing);
        }
    }

    /** A partition that was idle can fall behind the time of all others; what it then brings may find its pane closed for good. */
    private boolean isFinal(long eventMillis) {
        long paneEnd =
                Math.floorDiv(eventMillis, TraceSource.PANE_MILLIS) * TraceSource.PANE_MILLIS + TraceSource.PANE_MILLIS;
        return paneEnd - 1 <= watermarkMillis - allowedLatenessMillis;
    }

    private long closedBeforeMillis(PartitionState partition) {
        long byPartition = partition.highestMillis - outOfOrdernessMillis;
        return config.isLive() ? Math.max(byPartition, watermarkMillis + 1) : byPartition;
    }

    private boolean isDuplicate(PartitionState partition) {
        if (horizonMillis == 0) {
            return false;
        }
        int bucket = (int) (partition.highestMillis / (horizonMillis / BUCKETS_PER_HORIZON));
        if (bucket > partition.bucket) {
            partition.bucket = bucket;
            partition.fingerprints.forgetBefore(bucket - BUCKETS_PER_HORIZON);
        }
        long fingerprint = admitted.trace().inferenceFingerprint();
        return fingerprint != 0 && !partition.fingerprints.add(fingerprint, bucket);
    }

    private OutputRecord lateRecord(RawTrace raw) {
        String[] names = {
            RecordHeaders.SOURCE_TOPIC, RecordHeaders.SOURCE_PARTITION, RecordHeaders.SOURCE_OFFSET,
        };
        byte[][] values = {
            utf8(config.tracesTopic()), utf8(String.valueOf(raw.partition())), utf8(String.valueOf(raw.offset())),
        };
        return new OutputRecord(config.lateTopic(), raw.key(), raw.value(), names, values);
    }

    private void reportProgress(PartitionState state) {
        String json =
                "{\"stage\":\"source\",\"partition\":%d,\"accepted\":%d,\"rejected\":%d,\"late\":%d,\"duplicates\":%d}"
                        .formatted(state.partition, state.accepted, state.rejected, state.late, state.duplicates);
        output.collect(
                SIDE, new StreamRecord<>(OutputRecord.json(config.progressTopic(), "source-" + state.partition, json)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermarkMillis = mark.getTimestamp();
        partitions.expireUnclaimed(watermarkMillis, horizonMillis + latenessMillis);
        super.processWatermark(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        partitionState.update(partitions.snapshot(
                getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
                getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks()));
    }
}
