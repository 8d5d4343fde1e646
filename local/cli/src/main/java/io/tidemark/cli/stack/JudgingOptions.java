package io.tidemark.cli.stack;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Whether live answers are judged, and how. */
public final class JudgingOptions {

    @Option(
            names = "--judging",
            paramLabel = "KEY=VALUE",
            description = "Judge sampled answers, with this setting of the judging job, for example "
                    + "judging.judges=rules,embedding; may be given several times.")
    private Map<String, String> settings = new TreeMap<>();

    /** Settings of the judging job; empty when nothing is judged. */
    Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /** What people are told. */
    List<String> lines() {
        return settings.isEmpty()
                ? List.of("judges        none; --judging judging.judges=rules starts some")
                : List.of("judges        " + settings.getOrDefault("judging.judges", "rules"));
    }
}
