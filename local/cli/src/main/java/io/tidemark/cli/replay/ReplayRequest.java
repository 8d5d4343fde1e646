package io.tidemark.cli.replay;

import io.tidemark.cli.format.ReplayFile;
import io.tidemark.cli.format.ReplayFormat;
import io.tidemark.cli.format.ReplayOptions;
import java.time.Duration;

/**
 * What is to be replayed.
 *
 * @param file the file
 * @param format how to read it
 * @param options what the file leaves open
 * @param speed multiple of real time; 0 as fast as it goes
 * @param timeout how long no stage may move before the replay is given up
 */
public record ReplayRequest(
        ReplayFile file, ReplayFormat format, ReplayOptions options, double speed, Duration timeout) {}
