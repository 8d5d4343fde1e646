package io.tidemark.cli.format;

import io.tidemark.cli.CommandFailure;
import java.util.List;
import java.util.stream.Collectors;

/** The one list of replay formats. */
public final class ReplayFormats {

    private static final List<ReplayFormat> ALL = List.of(
            new AzureLlmFormat(), new MooncakeFormat(), new ScenarioFormat(), new TidemarkFormat(), new OtlpFormat());

    private ReplayFormats() {}

    /** Every format. */
    public static List<ReplayFormat> all() {
        return ALL;
    }

    /**
     * The format of a name.
     *
     * @throws CommandFailure naming the known formats when there is none
     */
    public static ReplayFormat named(String id) {
        return ALL.stream()
                .filter(format -> format.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("format '%s' is unknown; known are %s"
                        .formatted(id, ALL.stream().map(ReplayFormat::id).collect(Collectors.joining(", ")))));
    }
}
