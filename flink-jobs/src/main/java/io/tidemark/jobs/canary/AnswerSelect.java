package io.tidemark.jobs.canary;

import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.trace.Dimension;
import io.tidemark.contracts.trace.InferenceEvent;
import io.tidemark.contracts.trace.ProjectedTrace;
import io.tidemark.contracts.trace.TextField;
import io.tidemark.jobs.canary.pair.Answer;
import io.tidemark.jobs.canary.pair.AnswerText;
import io.tidemark.jobs.runtime.PrometheusReporter;
import io.tidemark.jobs.source.AdmittedTrace;
import io.tidemark.jobs.source.ControlFeed;
import io.tidemark.jobs.source.TraceSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Takes from the traces the answers of shadows and of their controls, beside the source: without a shadow nothing is looked at, and
 * of a text only its hash goes further. It reads the releases itself, so that no trace waits for them.
 */
final class AnswerSelect extends AbstractStreamOperator<Answer>
        implements OneInputStreamOperator<AdmittedTrace, Answer> {

    private static final long serialVersionUID = 1L;
    private static final long PANE = TraceSource.PANE_MILLIS;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final int MOST_SIDES = 100_000;

    private final ControlFeed.Factory<Release> factory;

    private transient ControlFeed<Release> feed;
    private transient RunningReleases releases;
    private transient List<RolloutPlan> shadows;
    private transient Map<CellKey, List<Side>> sides;
    private transient CellKey probe;
    private transient StreamRecord<Answer> outgoing;
    private transient Counter late;

    AnswerSelect(ControlFeed.Factory<Release> factory) {
        this.factory = factory;
    }

    /** What a slice is to a shadow. */
    private record Side(RolloutPlan plan, boolean isShadow) {}

    @Override
    public void open() throws Exception {
        super.open();
        releases = new RunningReleases();
        sides = new HashMap<>();
        probe = new CellKey();
        outgoing = new StreamRecord<>(null);
        late = getMetricGroup().addGroup(PrometheusReporter.GROUP).counter("shadow_late");
        feed = factory.open();
        shadows = List.of();
        readReleases();
    }

    private void readReleases() {
        List<Release> news = feed.poll();
        if (!news.isEmpty()) {
            news.forEach(releases::add);
            shadows = releases.book().plans().stream()
                    .filter(RolloutPlan::isShadow)
                    .toList();
            sides.clear();
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        readReleases();
        super.processWatermark(mark);
    }

    @Override
    public void processElement(StreamRecord<AdmittedTrace> element) {
        if (shadows.isEmpty()) {
            return;
        }
        AdmittedTrace admitted = element.getValue();
        ProjectedTrace trace = admitted.trace();
        long pane = Math.floorDiv(trace.event().eventTimeMicros / MICROS_PER_MILLI, PANE) * PANE;
        for (Side side : sides(trace)) {
            if (!releases.book().isActive(side.plan.releaseId(), pane)) {
                continue;
            }
            if (pane + PANE <= admitted.closedBeforeMillis()) {
                late.inc();
            } else {
                output.collect(outgoing.replace(answer(side, trace), pane));
            }
        }
    }

    private List<Side> sides(ProjectedTrace trace) {
        List<Side> known = sides.get(probe.point(trace.key(), trace.keyLength(), 0));
        if (known == null) {
            if (sides.size() >= MOST_SIDES) {
                sides.clear();
            }
            CellKey key = probe.copy();
            known = sidesOf(ArmSlice.parse(key.slice()));
            sides.put(key, known);
        }
        return known;
    }

    private List<Side> sidesOf(ArmSlice slice) {
        List<Side> found = new ArrayList<>();
        boolean isShadow = slice.role() == TrafficRole.SHADOW;
        for (RolloutPlan plan : shadows) {
            boolean isPart = slice.version().equals(isShadow ? plan.candidate() : plan.control());
            if (isPart && plan.covers(slice.tenant())) {
                found.add(new Side(plan, isShadow));
            }
        }
        return found;
    }

    private static Answer answer(Side side, ProjectedTrace trace) {
        InferenceEvent event = trace.event();
        return new Answer(
                side.plan.releaseId(),
                side.isShadow,
                side.isShadow ? side.plan.awaitedRules() : 0,
                trace.text(Dimension.TENANT),
                trace.traceId(),
                trace.text(Dimension.INTENT),
                trace.traceFingerprint(),
                trace.sessionFingerprint(),
                trace.inferenceFingerprint(),
                event.eventTimeMicros,
                text(trace),
                known(event.costNanoUsd),
                known(event.endToEndMicros),
                known(event.refused),
                Math.min(1, known(event.guardrailBlocks)));
    }

    private static long known(long value) {
        return value == InferenceEvent.UNKNOWN ? Answer.UNKNOWN : value;
    }

    private static long text(ProjectedTrace trace) {
        TextField field = trace.length(TextField.RESPONSE_TEXT) > 0 ? TextField.RESPONSE_TEXT : TextField.PREDICTION;
        int length = trace.length(field);
        return length <= 0
                ? AnswerText.UNKNOWN
                : AnswerText.hash(new String(trace.recordBytes(), trace.offset(field), length, StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws Exception {
        if (feed != null) {
            feed.close();
        }
        super.close();
    }
}
