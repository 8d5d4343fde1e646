package io.tidemark.jobs.embedding;

import io.tidemark.jobs.runtime.BytesSerializer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Puts texts into batches of like length, has them embedded beside the task's thread, and hands them on in the order in
 * which they came, watermarks in between where they were. When the backend has enough to do, the task waits in its
 * mailbox: barriers are still served. A checkpoint does not wait for the backend: it holds the token ids of what has not
 * left yet, and after a failure those texts are embedded again.
 */
final class EmbeddingOperator extends AbstractStreamOperator<ScoredText>
        implements OneInputStreamOperator<TokenisedText, ScoredText>, BoundedOneInput {

    private static final long serialVersionUID = 1L;
    private static final ListStateDescriptor<byte[]> WAITING =
            new ListStateDescriptor<>("waiting-texts-v1", BytesSerializer.INSTANCE);
    private static final int INITIAL_BYTES = 512;
    private static final int[] WARM_UP_TOKENS = {16, 32, 64, 128, 256};

    /** Batches that hang at the backend and that nobody waits for any more, before no further ones are begun. */
    private static final int MOST_STUCK = 8;

    private final transient MailboxExecutor mailbox;
    private final BackendFactory backends;
    private final BatchSettings settings;

    private transient ListState<byte[]> waitingState;
    private transient List<PendingText> restored;
    private transient ArrayDeque<Queued> queue;
    private transient List<Row> gathered;
    private transient ArrayDeque<List<Row>> ready;
    private transient BatchRunner runner;
    private transient EmbeddingMetrics metrics;
    private transient int inFlight;
    private transient int queuedTexts;
    private transient int waitingRows;
    private transient boolean lingers;

    EmbeddingOperator(
            StreamOperatorParameters<ScoredText> parameters, BackendFactory backends, BatchSettings settings) {
        super(parameters);
        mailbox = parameters.getMailboxExecutor();
        this.backends = backends;
        this.settings = settings;
    }

    /** A row of a batch. */
    private record Row(PendingText text, boolean isResponse, int[] tokens) {}

    /** A batch at the backend. */
    private static final class Flight {
        private final List<Row> rows;
        private boolean isOver;

        private Flight(List<Row> rows) {
            this.rows = rows;
        }
    }

    private record QueuedWatermark(Watermark mark) implements Queued {
        @Override
        public boolean isDone() {
            return true;
        }
    }

    private record QueuedStatus(WatermarkStatus status) implements Queued {
        @Override
        public boolean isDone() {
            return true;
        }
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        waitingState = context.getOperatorStateStore().getListState(WAITING);
        restored = new ArrayList<>();
        for (byte[] record : waitingState.get()) {
            restored.add(read(new DataInputDeserializer(record)));
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        queue = new ArrayDeque<>();
        gathered = new ArrayList<>();
        ready = new ArrayDeque<>();
        runner = new BatchRunner(backends.create(), settings.attempts());
        runner.open(WARM_UP_TOKENS);
        metrics = new EmbeddingMetrics(getMetricGroup(), runner, () -> inFlight, () -> queuedTexts);
        LOG.info("embedding with {}", runner.backendId());
        restored.forEach(this::gather);
        restored.clear();
        cut();
        dispatch();
    }

    @Override
    public void processElement(StreamRecord<TokenisedText> element) throws Exception {
        // no longer than until the next batch lands: only between two texts is a barrier let in
        while (waitingRows >= 2 * settings.window()) {
            mailbox.yield();
        }
        gather(new PendingText(element.getValue(), element.hasTimestamp(), element.getTimestamp()));
        if (gathered.size() >= settings.window()) {
            cut();
            dispatch();
        } else {
            linger();
        }
    }

    private void gather(PendingText text) {
        queue.add(text);
        queuedTexts++;
        waitingRows += text.text().rows();
        gathered.add(new Row(text, false, text.text().prompt()));
        if (text.text().response() != null) {
            gathered.add(new Row(text, true, text.text().response()));
        }
    }

    /** What was gathered becomes batches when the earlier ones have gone: until then more may be gathered and sorted. */
    private void cut() {
        if (ready.isEmpty() && !gathered.isEmpty()) {
            ready.addAll(LengthBatches.cut(gathered, row -> row.tokens().length, settings));
            gathered.clear();
        }
    }

    private void linger() {
        if (!lingers) {
            lingers = true;
            long due = getProcessingTimeService().getCurrentProcessingTime()
                    + settings.linger().toMillis();
            getProcessingTimeService().registerTimer(due, unused -> {
                lingers = false;
                flush();
            });
        }
    }

    private void flush() {
        cut();
        dispatch();
        if (!gathered.isEmpty()) {
            linger();
        }
    }

    private void dispatch() {
        while (!ready.isEmpty() && inFlight < settings.inFlight()) {
            Flight flight = new Flight(ready.poll());
            if (runner.running() - inFlight >= MOST_STUCK) {
                land(flight, null);
            } else {
                launch(flight);
            }
            cut();
        }
        emitDone();
    }

    private void launch(Flight flight) {
        inFlight++;
        int[][] tokens = flight.rows.stream().map(Row::tokens).toArray(int[][]::new);
        metrics.launched(tokens);
        long due = getProcessingTimeService().getCurrentProcessingTime()
                + settings.timeout().toMillis();
        var deadline = getProcessingTimeService().registerTimer(due, unused -> arrived(flight, null));
        runner.submit(
                tokens,
                vectors -> mailbox.execute(
                        () -> {
                            deadline.cancel(false);
                            arrived(flight, vectors);
                        },
                        "embedded batch"));
    }

    private void arrived(Flight flight, float[][] vectors) {
        if (!flight.isOver) {
            inFlight--;
            land(flight, vectors);
            dispatch();
        }
    }

    private void land(Flight flight, float[][] vectors) {
        flight.isOver = true;
        waitingRows -= flight.rows.size();
        for (int i = 0; i < flight.rows.size(); i++) {
            Row row = flight.rows.get(i);
            row.text().put(row.isResponse(), vectors == null ? null : vectors[i]);
        }
        if (vectors == null) {
            metrics.unscored(flight.rows.size());
        }
    }

    private void emitDone() {
        while (!queue.isEmpty() && queue.peek().isDone()) {
            Queued next = queue.poll();
            if (next instanceof PendingText text) {
                queuedTexts--;
                emit(text);
            } else if (next instanceof QueuedWatermark mark) {
                passOn(mark.mark());
            } else if (next instanceof QueuedStatus status) {
                output.emitWatermarkStatus(status.status());
            }
        }
    }

    private void emit(PendingText text) {
        StreamRecord<ScoredText> record = new StreamRecord<>(text.scored(runner.backendId()));
        if (text.hasTimestamp()) {
            record.setTimestamp(text.timestamp());
        }
        output.collect(record);
    }

    private void passOn(Watermark mark) {
        try {
            super.processWatermark(mark);
        } catch (Exception e) {
            throw new IllegalStateException("watermark %s was not taken".formatted(mark), e);
        }
    }

    @Override
    public void processWatermark(Watermark mark) {
        queue.add(new QueuedWatermark(mark));
        emitDone();
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) {
        queue.add(new QueuedStatus(status));
        emitDone();
    }

    @Override
    public void endInput() throws Exception {
        awaitAll();
    }

    @Override
    public void finish() throws Exception {
        awaitAll();
        super.finish();
    }

    private void awaitAll() throws Exception {
        flush();
        while (queuedTexts > 0) {
            mailbox.yield();
            flush();
        }
        emitDone();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<byte[]> records = new ArrayList<>();
        for (Queued queued : queue) {
            if (queued instanceof PendingText text) {
                records.add(bytes(text));
            }
        }
        waitingState.update(records);
    }

    private static byte[] bytes(PendingText text) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(INITIAL_BYTES);
        target.writeBoolean(text.hasTimestamp());
        target.writeLong(text.timestamp());
        new TokenisedTextSerializer().serialize(text.text(), target);
        return target.getCopyOfBuffer();
    }

    private static PendingText read(DataInputDeserializer source) throws IOException {
        boolean hasTimestamp = source.readBoolean();
        long timestamp = source.readLong();
        return new PendingText(new TokenisedTextSerializer().deserialize(source), hasTimestamp, timestamp);
    }

    @Override
    public void close() throws Exception {
        if (runner != null) {
            runner.close();
        }
        super.close();
    }
}
