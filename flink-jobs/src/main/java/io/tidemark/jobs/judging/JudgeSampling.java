package io.tidemark.jobs.judging;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Span;
import io.tidemark.contracts.avro.SpanKind;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.judging.judge.JudgeSample;
import io.tidemark.jobs.quality.measure.FixedSums;
import io.tidemark.jobs.runtime.BytesSerializer;
import io.tidemark.jobs.sampling.SampleSettings;
import io.tidemark.jobs.sampling.StratifiedSampler;
import io.tidemark.jobs.source.AdmittedTrace;
import io.tidemark.jobs.source.RegistryFactory;
import io.tidemark.registry.AvroDeserializer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Chooses inferences, beside the source; only what is chosen is decoded. */
final class JudgeSampling extends AbstractStreamOperator<JudgeTask>
        implements OneInputStreamOperator<AdmittedTrace, JudgeTask> {

    /** Attribute of a trace, and of its retrieval spans, with the text that the answer was to rest on. */
    static final String CONTEXT_ATTRIBUTE = "context";

    private static final long serialVersionUID = 1L;
    private static final ListStateDescriptor<byte[]> SAMPLER =
            new ListStateDescriptor<>("sampler-v1", BytesSerializer.INSTANCE);

    private final SampleSettings sampling;
    private final boolean ofTraces;
    private final RegistryFactory registry;
    private transient StratifiedSampler sampler;
    private transient ListState<byte[]> samplerState;
    private transient AvroDeserializer<Trace> traces;

    private JudgeSampling(SampleSettings sampling, boolean ofTraces, RegistryFactory registry) {
        this.sampling = sampling;
        this.ofTraces = ofTraces;
        this.registry = registry;
    }

    /** Chooses each inference by itself. */
    static JudgeSampling ofInferences(SampleSettings sampling, RegistryFactory registry) {
        return new JudgeSampling(sampling, false, registry);
    }

    /** Chooses all inferences of a trace or none. */
    static JudgeSampling ofTraces(SampleSettings sampling, RegistryFactory registry) {
        return new JudgeSampling(sampling, true, registry);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        sampler = ofTraces ? StratifiedSampler.ofTraces(sampling) : new StratifiedSampler(sampling);
        samplerState = context.getOperatorStateStore().getListState(SAMPLER);
        for (byte[] snapshot : samplerState.get()) {
            sampler.restore(snapshot);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        traces = new AvroDeserializer<>(registry.connect(), Trace.class);
    }

    @Override
    public void processElement(StreamRecord<AdmittedTrace> element) {
        double weight = sampler.weight(element.getValue().trace());
        if (weight > 0) {
            Trace trace = traces.deserialize(
                    TopicCatalogue.TRACES.name(), element.getValue().trace().recordBytes());
            output.collect(new StreamRecord<>(task(trace, weight)));
        }
    }

    private static JudgeTask task(Trace trace, double weight) {
        VersionTuple version = VersionTuple.from(trace.getVersion());
        double textWeight = trace.getSamplingWeight() == null ? weight : weight * trace.getSamplingWeight();
        return new JudgeTask(
                trace.getTenant(),
                trace.getTraceId(),
                text(trace.getSpanId()),
                version.components(),
                trace.getRole().name(),
                trace.getIntent(),
                ChronoUnit.MICROS.between(Instant.EPOCH, trace.getEventTime()),
                Math.min(weight, FixedSums.LARGEST_WEIGHT),
                Math.min(textWeight, FixedSums.LARGEST_WEIGHT),
                new JudgeSample(
                        text(trace.getPromptText()),
                        text(trace.getResponseText()),
                        context(trace),
                        flag(trace.getRefused()),
                        flag(trace.getSchemaValid()),
                        text(trace.getFinishReason())),
                "");
    }

    private static String context(Trace trace) {
        Stream<Span> retrievals = trace.getSpans().stream().filter(span -> span.getKind() == SpanKind.RETRIEVAL);
        return Stream.concat(Stream.of(trace.getAttributes()), retrievals.map(Span::getAttributes))
                .map(attributes -> attributes.get(CONTEXT_ATTRIBUTE))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("\n\n"));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static int flag(Boolean value) {
        return value == null ? -1 : value ? 1 : 0;
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        samplerState.update(List.of(sampler.snapshot()));
    }
}
