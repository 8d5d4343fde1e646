package io.tidemark.jobs.embedding;

import io.tidemark.contracts.trace.Dimension;
import io.tidemark.contracts.trace.Fingerprint;
import io.tidemark.contracts.trace.ProjectedTrace;
import io.tidemark.contracts.trace.TextField;
import io.tidemark.jobs.embedding.tokenizer.Tokens;
import io.tidemark.jobs.embedding.tokenizer.WordPieceTokenizer;
import io.tidemark.jobs.runtime.BytesSerializer;
import io.tidemark.jobs.runtime.PrometheusReporter;
import io.tidemark.jobs.sampling.SampleSettings;
import io.tidemark.jobs.sampling.StratifiedSampler;
import io.tidemark.jobs.source.AdmittedTrace;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Samples the traces that carry text and turns the text into token ids, beside the source: no text goes any further. */
final class Tokenise extends AbstractStreamOperator<TokenisedText>
        implements OneInputStreamOperator<AdmittedTrace, TokenisedText> {

    private static final long serialVersionUID = 1L;
    private static final ListStateDescriptor<byte[]> STRATA =
            new ListStateDescriptor<>("sampled-strata-v1", BytesSerializer.INSTANCE);

    /** Bytes of a text that are looked at: far more than the tokens that any model takes. */
    private static final int MOST_BYTES = 65_536;

    private static final long MICROS_PER_MILLI = 1_000;
    private static final Dimension[] VERSION = Arrays.stream(Dimension.values())
            .filter(Dimension::isVersionComponent)
            .toArray(Dimension[]::new);

    private final TokenizerFactory tokenizers;
    private final SampleSettings sampling;
    private final long windowMillis;
    private final long originMillis;

    private transient ListState<byte[]> strata;
    private transient StratifiedSampler sampler;
    private transient WordPieceTokenizer tokenizer;
    private transient StreamRecord<TokenisedText> outgoing;
    private transient Counter sampled;
    private transient Counter truncated;
    private transient Counter late;

    /** @param originMillis a time at which windows of {@code windowMillis} begin */
    Tokenise(TokenizerFactory tokenizers, SampleSettings sampling, long windowMillis, long originMillis) {
        this.tokenizers = tokenizers;
        this.sampling = sampling;
        this.windowMillis = windowMillis;
        this.originMillis = originMillis;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        sampler = new StratifiedSampler(sampling);
        strata = context.getOperatorStateStore().getListState(STRATA);
        for (byte[] record : strata.get()) {
            sampler.restore(record);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        tokenizer = tokenizers.create();
        outgoing = new StreamRecord<>(null);
        var metrics = getMetricGroup().addGroup(PrometheusReporter.GROUP);
        sampled = metrics.counter("embedding_sampled");
        truncated = metrics.counter("embedding_truncated");
        late = metrics.counter("embedding_late");
    }

    @Override
    public void processElement(StreamRecord<AdmittedTrace> element) {
        AdmittedTrace admitted = element.getValue();
        ProjectedTrace trace = admitted.trace();
        if (trace.length(TextField.PROMPT_TEXT) <= 0) {
            return;
        }
        double weight = sampler.weight(trace);
        if (weight == 0) {
            return;
        }
        long eventMillis = trace.event().eventTimeMicros / MICROS_PER_MILLI;
        long windowEnd = originMillis + (Math.floorDiv(eventMillis - originMillis, windowMillis) + 1) * windowMillis;
        if (windowEnd <= admitted.closedBeforeMillis()) {
            late.inc();
            return;
        }
        sampled.inc();
        int[] prompt = tokens(trace, TextField.PROMPT_TEXT);
        int[] response = trace.length(TextField.RESPONSE_TEXT) > 0 ? tokens(trace, TextField.RESPONSE_TEXT) : null;
        outgoing.replace(new TokenisedText(origin(trace, eventMillis, weight), hash(prompt), prompt, response));
        if (element.hasTimestamp()) {
            outgoing.setTimestamp(element.getTimestamp());
        }
        output.collect(outgoing);
    }

    private int[] tokens(ProjectedTrace trace, TextField field) {
        int length = Math.min(trace.length(field), MOST_BYTES);
        String text = new String(trace.recordBytes(), trace.offset(field), length, StandardCharsets.UTF_8);
        Tokens tokens = tokenizer.encode(text);
        if (tokens.truncated() || length < trace.length(field)) {
            truncated.inc();
        }
        return tokens.ids();
    }

    private static TextOrigin origin(ProjectedTrace trace, long eventMillis, double weight) {
        String[] version = new String[VERSION.length];
        for (int i = 0; i < version.length; i++) {
            version[i] = trace.text(VERSION[i]);
        }
        return new TextOrigin(
                trace.text(Dimension.TENANT),
                version,
                trace.event().role,
                trace.text(Dimension.INTENT),
                trace.traceId(),
                trace.inferenceFingerprint(),
                eventMillis,
                weight);
    }

    /** Hash of the tokens: texts that the model cannot tell apart count as one. */
    static long hash(int[] tokens) {
        byte[] bytes = new byte[tokens.length * 2];
        for (int i = 0; i < tokens.length; i++) {
            bytes[2 * i] = (byte) tokens[i];
            bytes[2 * i + 1] = (byte) (tokens[i] >>> Byte.SIZE);
        }
        return Fingerprint.of(bytes, 0, bytes.length);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        strata.update(List.of(sampler.snapshot()));
    }
}
