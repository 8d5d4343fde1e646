package io.tidemark.console.query;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every parameter that a statement may have. To add one, add a line. */
final class Parameters {

    /** Bound from the token and never taken as it comes: see {@link io.tidemark.console.access.Access#scope}. */
    static final String TENANT = "tenant";

    private static final int MOST_ROWS = 1_000;

    private static final List<Parameter> ALL = List.of(
            Parameter.optionalName(TENANT, "tenant that it is about; empty for all that the token opens"),
            Parameter.moment(
                    "from", "start of the time range (UTC), an hour ago when it is not given", Duration.ofHours(1)),
            Parameter.moment("to", "end of the time range (UTC), now when it is not given", Duration.ZERO),
            Parameter.optionalName("release", "id of a rollout; empty for any"),
            Parameter.optionalName(
                    "version", "version id, of the candidate where it is about a rollout; empty for any"),
            Parameter.optionalName("baseline", "version id of the control; empty for any"),
            Parameter.optionalName("measure", "name of a measure; empty for any"),
            Parameter.optionalName("alert", "id of an alert; empty for any"),
            Parameter.optionalName("trace", "id of a trace; empty for any"),
            Parameter.word(
                    "state",
                    "state of alerts; empty for any",
                    "",
                    Set.of("", "pending", "firing", "resolved", "suppressed", "expired")),
            Parameter.word(
                    "status",
                    "status of inferences; empty for any",
                    "",
                    Set.of("", "ok", "error", "timeout", "cancelled", "unknown")),
            Parameter.whole("window", "length of the windows, in seconds", 60, 10, 86_400),
            Parameter.whole("points", "most points of a trend", 10_000, 1, 20_000),
            Parameter.whole("limit", "most rows of the answer", 100, 1, MOST_ROWS),
            Parameter.whole("offset", "rows to leave out first", 0, 0, 1_000_000));

    private static final Map<String, Parameter> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Parameter::name, Function.identity()));

    private Parameters() {}

    /**
     * The parameter of a name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Parameter named(String name) {
        Parameter parameter = BY_NAME.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException("there is no parameter '%s'; add it to Parameters, which has %s"
                    .formatted(name, Set.copyOf(BY_NAME.keySet())));
        }
        return parameter;
    }
}
