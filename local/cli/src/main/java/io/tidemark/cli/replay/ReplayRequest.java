package io.tidemark.cli.replay;

import io.tidemark.cli.format.TraceReader;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What is to be replayed.
 *
 * @param contentHash identity of the content, at least 16 characters; equal content has equal identity
 * @param lines number of lines or traces, for the progress bar
 * @param traces opens the traces
 * @param speed multiple of real time; 0 as fast as it goes
 * @param timeout how long no stage may move before the replay is given up
 * @param baseline length of the beginning that is the frozen baseline of drift; zero for the baselines of live traffic
 * @param driftWindow length of the windows in which drift is looked for
 */
public record ReplayRequest(
        String contentHash,
        long lines,
        Supplier<TraceReader> traces,
        double speed,
        Duration timeout,
        Duration baseline,
        Duration driftWindow) {}
