package io.tidemark.cli.replay;

import io.tidemark.cli.drift.BaselineLog;
import io.tidemark.cli.format.MalformedLineException;
import io.tidemark.cli.format.TraceReader;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.contracts.avro.BaselineSource;
import io.tidemark.contracts.avro.BaselineState;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.jobs.drift.profile.Profile.ProfileHead;
import io.tidemark.jobs.drift.profile.ProfileBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a replay is compared with: the first seconds of the file as a frozen baseline, or the baselines of live traffic. The
 * file is read for it before anything is sent, so that the baseline is there when the first trace comes.
 */
final class ReplayDrift {

    /** Traces may lie out of order in a file; so much later no trace of the baseline is expected. */
    private static final Duration OUT_OF_ORDER = Duration.ofMinutes(10);

    private final ReplayRequest request;
    private final StackEndpoints endpoints;
    private final String run;

    ReplayDrift(ReplayRequest request, StackEndpoints endpoints, String run) {
        this.request = request;
        this.endpoints = endpoints;
        this.run = run;
    }

    /**
     * Publishes the baseline.
     *
     * @return settings of the drift job: windows aligned to the first event
     */
    Map<String, String> prepare() {
        Map<String, String> settings = new TreeMap<>();
        // a recording is looked at as a whole
        settings.put("embedding.sampling.rate", "1");
        if (request.baseline().isZero()) {
            new BaselineLog(endpoints, run).adopt();
            settings.put("drift.windows", request.driftWindow().toString());
            return settings;
        }
        settings.put("embedding.enabled", "true");
        ProfileBuilder builder = new ProfileBuilder();
        Optional<Instant> first = read(builder);
        settings.put("drift.windows", request.driftWindow().toString());
        first.ifPresent(start -> {
            settings.put("drift.window-origin", start.toString());
            new BaselineLog(endpoints, run).write(builder.build(head(start)), BaselineState.ACTIVE);
        });
        return settings;
    }

    private ProfileHead head(Instant start) {
        return new ProfileHead(
                "replay-" + request.contentHash().substring(0, 16),
                BaselineSource.REPLAY,
                "the first %d s".formatted(request.baseline().toSeconds()),
                Optional.empty(),
                Optional.of(start),
                Optional.of(start.plus(request.baseline())),
                start,
                Optional.empty(),
                "replay");
    }

    /** Time of the first trace; empty for a file without any. */
    private Optional<Instant> read(ProfileBuilder builder) {
        Instant start = null;
        try (TraceReader reader = request.traces().get()) {
            for (Trace trace = next(reader); trace != null; trace = next(reader)) {
                Instant time = trace.getEventTime();
                start = start == null ? time : start;
                Instant end = start.plus(request.baseline());
                if (time.isBefore(end) && !time.isBefore(start)) {
                    builder.add(trace);
                } else if (time.isAfter(end.plus(OUT_OF_ORDER))) {
                    break;
                }
            }
        }
        return Optional.ofNullable(start);
    }

    /** Malformed lines are told when the file is sent. */
    private static Trace next(TraceReader reader) {
        while (true) {
            try {
                return reader.next();
            } catch (MalformedLineException e) {
                continue;
            }
        }
    }
}
