package io.tidemark.cli.replay;

import io.tidemark.cli.format.MalformedLineException;
import io.tidemark.cli.format.TraceReader;
import io.tidemark.cli.stack.StackPreparation;
import io.tidemark.cli.stack.StackSupervisor;
import io.tidemark.cli.terminal.ProgressBar;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.contracts.avro.Trace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** One replay, from the first trace to the report. */
public final class ReplayRun {

    /** Attribute of every replayed trace: the content of the file that it came from. */
    static final String SOURCE_ATTRIBUTE = "replay";

    private static final int SOURCE_DIGITS = 16;
    private static final int SENDS_BETWEEN_CHECKS = 1_000;

    private final StackSupervisor stack;
    private final ReplayRequest request;
    private final Terminal terminal;
    private final Clock clock;
    private final String run;
    private final String source;
    private final SentTraces traces;

    public ReplayRun(StackSupervisor stack, ReplayRequest request, Terminal terminal, Clock clock) {
        this.stack = stack;
        this.request = request;
        this.terminal = terminal;
        this.clock = clock;
        this.run = RunName.of(request.contentHash());
        this.source = request.contentHash().substring(0, SOURCE_DIGITS);
        this.traces = new SentTraces(terminal);
    }

    /** Replays the file and waits until all of it is stored; then nothing of the run is left but its rows. */
    public ReplayReport execute() {
        try (TraceReader reader = request.traces().get()) {
            StackPreparation.createTopics(stack.endpoints(), run);
            adoptReleases();
            stack.startRun(run, new ReplayDrift(request, stack.endpoints(), run).prepare());
            try {
                Instant start = clock.instant();
                JobProgress progress = sendAndAwait(reader);
                Duration wall = Duration.between(start, clock.instant());
                ReplayReport report = report(progress, wall);
                stack.stopRun(run);
                new RunRemains(stack.endpoints(), stack.data(), run).remove();
                return report;
            } finally {
                stack.stopRun(run);
            }
        }
    }

    private JobProgress sendAndAwait(TraceReader reader) {
        try (ProgressReader job = new ProgressReader(stack.endpoints(), run);
                SinkProgress sink = new SinkProgress(stack.endpoints(), run)) {
            Map<Integer, Long> markers = send(reader);
            ReplayEnd end =
                    new ReplayEnd(job, sink, new AlertsEnd(stack.endpoints(), run), markers, request.timeout(), clock);
            ProgressBar bar = new ProgressBar(terminal, clock, "storing", "traces");
            while (!end.isReached()) {
                stack.requireHealthy();
                // offsets count end markers as well
                long stored = Math.min(end.stored(), traces.sent());
                bar.update(stored, traces.sent() == 0 ? 1 : stored / (double) traces.sent());
            }
            bar.close();
            return job.poll(Duration.ZERO);
        }
    }

    private Map<Integer, Long> send(TraceReader reader) {
        Pace pace = new Pace(request.speed(), clock);
        ProgressBar bar = new ProgressBar(terminal, clock, "sending", "traces");
        double lines = Math.max(1, request.lines());
        try (TraceProducer producer = new TraceProducer(stack.endpoints(), run, request.timeout())) {
            for (Trace trace = next(reader); trace != null; trace = next(reader)) {
                pace.await(trace.getEventTime());
                nameSource(trace);
                producer.send(trace);
                traces.add(trace);
                if (traces.sent() % SENDS_BETWEEN_CHECKS == 0) {
                    stack.requireHealthy();
                }
                bar.update(traces.sent(), traces.lines() / lines);
            }
            Map<Integer, Long> markers = producer.finish();
            bar.finish(traces.sent());
            return markers;
        }
    }

    private void nameSource(Trace trace) {
        Map<String, String> attributes = new HashMap<>(trace.getAttributes());
        attributes.put(SOURCE_ATTRIBUTE, source);
        trace.setAttributes(attributes);
    }

    private Trace next(TraceReader reader) {
        while (true) {
            try {
                return reader.next();
            } catch (MalformedLineException e) {
                traces.addMalformed(e.getMessage());
            }
        }
    }

    /** The releases of live traffic are given to the run, so that it takes the decisions that were taken then. */
    private void adoptReleases() {
        stack.endpoints().releaseLog("").releases().forEach(stack.endpoints().releaseLog(run)::write);
    }

    private ReplayReport report(JobProgress progress, Duration wall) {
        JobProgress.SourceCounts counts = progress.source();
        double seconds = wall.toMillis() / 1000.0;
        return new ReplayReport(
                traces.sent(),
                counts.accepted(),
                counts.rejected() + traces.malformed(),
                counts.late(),
                counts.duplicates(),
                new StoredTraces(stack.endpoints().clickHouse()).ofSource(source),
                progress.windows(),
                traces.first(),
                traces.last(),
                seconds,
                seconds == 0 ? 0 : traces.sent() / seconds,
                new AlertsOfRun(stack.endpoints(), run).fired(),
                new DecisionsOfRun(stack.endpoints(), run).all(),
                new DriftOfRun(stack.endpoints(), run).all());
    }
}
