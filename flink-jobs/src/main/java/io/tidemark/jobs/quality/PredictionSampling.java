package io.tidemark.jobs.quality;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.quality.join.JoinKey;
import io.tidemark.jobs.quality.join.LedgerCodec;
import io.tidemark.jobs.quality.join.Prediction;
import io.tidemark.jobs.quality.measure.FixedSums;
import io.tidemark.jobs.quality.measure.QualitySlice;
import io.tidemark.jobs.runtime.BytesSerializer;
import io.tidemark.jobs.sampling.StratifiedSampler;
import io.tidemark.jobs.source.AdmittedTrace;
import io.tidemark.registry.AvroDeserializer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Chooses whole traces and reads of their inferences what the join keeps; only what is chosen is decoded. */
final class PredictionSampling extends AbstractStreamOperator<KeyedRecord>
        implements OneInputStreamOperator<AdmittedTrace, KeyedRecord> {

    private static final long serialVersionUID = 1L;
    private static final ListStateDescriptor<byte[]> SAMPLER =
            new ListStateDescriptor<>("sampler-v1", BytesSerializer.INSTANCE);

    private final QualityConfig config;
    private transient StratifiedSampler sampler;
    private transient ListState<byte[]> samplerState;
    private transient AvroDeserializer<Trace> traces;

    PredictionSampling(QualityConfig config) {
        this.config = config;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        sampler = StratifiedSampler.ofTraces(config.sampling());
        samplerState = context.getOperatorStateStore().getListState(SAMPLER);
        for (byte[] snapshot : samplerState.get()) {
            sampler.restore(snapshot);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        traces = new AvroDeserializer<>(config.source().registry().connect(), Trace.class);
    }

    @Override
    public void processElement(StreamRecord<AdmittedTrace> element) {
        double weight = sampler.weight(element.getValue().trace());
        if (weight == 0) {
            return;
        }
        Trace trace = traces.deserialize(
                TopicCatalogue.TRACES.name(), element.getValue().trace().recordBytes());
        Prediction prediction = prediction(trace, Math.min(weight, FixedSums.LARGEST_WEIGHT));
        emit(JoinKey.ofTrace(trace.getTenant(), trace.getTraceId()), prediction);
        if (config.joinsSessions() && trace.getSessionId() != null) {
            emit(JoinKey.ofSession(trace.getTenant(), trace.getSessionId()), prediction);
        }
    }

    private void emit(String key, Prediction prediction) {
        byte[] bytes = LedgerCodec.bytes(prediction);
        output.collect(
                new StreamRecord<>(new KeyedRecord(key, KeyedRecord.PREDICTION, bytes, prediction.eventMicros())));
    }

    private Prediction prediction(Trace trace, double weight) {
        VersionTuple version = VersionTuple.from(trace.getVersion());
        return new Prediction(
                trace.getInferenceId(),
                trace.getSpanId() == null ? "" : trace.getSpanId(),
                ChronoUnit.MICROS.between(Instant.EPOCH, trace.getEventTime()),
                QualitySlice.finest(trace.getRole(), trace.getTenant(), version, trace.getIntent())
                        .text(),
                groups(trace),
                weight,
                trace.getPrediction() == null ? "" : trace.getPrediction(),
                confidence(trace.getConfidence()),
                trace.getSchemaValid() == null ? -1 : trace.getSchemaValid() ? 1 : 0);
    }

    /** A confidence outside [0, 1] is none. */
    private static double confidence(Double stated) {
        return stated == null || !(stated >= 0 && stated <= 1) ? Double.NaN : stated;
    }

    private String groups(Trace trace) {
        List<String> features = config.fairnessFeatures();
        return features.stream()
                .filter(trace.getCategoricalFeatures()::containsKey)
                .map(name ->
                        name + "=" + trace.getCategoricalFeatures().get(name).replace('\n', ' '))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        samplerState.update(List.of(sampler.snapshot()));
    }
}
