package io.tidemark.cli.release;

import io.tidemark.cli.CommandFailure;
import io.tidemark.contracts.VersionTuple;
import java.util.ArrayList;
import java.util.List;

/** A version tuple as it is typed: {@code base_model=gpt-4o,prompt=p9,...}. */
final class TupleText {

    private TupleText() {}

    /**
     * Reads a tuple.
     *
     * @param others components that are not named
     * @throws CommandFailure when a component is unknown or empty
     */
    static VersionTuple parse(String option, String text, VersionTuple others) {
        List<String> values = new ArrayList<>(others.components());
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part.strip() : part.substring(0, equals).strip();
            int component = VersionTuple.COMPONENT_NAMES.indexOf(name);
            if (equals < 0 || component < 0) {
                throw new CommandFailure("%s: '%s' must look like component=value; components are %s"
                        .formatted(option, part, VersionTuple.COMPONENT_NAMES));
            }
            values.set(component, part.substring(equals + 1).strip());
        }
        try {
            return new VersionTuple(
                    values.get(0),
                    values.get(1),
                    values.get(2),
                    values.get(3),
                    values.get(4),
                    values.get(5),
                    values.get(6));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(option + ": " + e.getMessage(), e);
        }
    }

    /** A tuple for people: the components that say something. */
    static String text(VersionTuple tuple) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < VersionTuple.COMPONENT_NAMES.size(); i++) {
            String value = tuple.components().get(i);
            if (!value.equals(VersionTuple.UNKNOWN) && !value.equals(VersionTuple.NONE)) {
                parts.add(VersionTuple.COMPONENT_NAMES.get(i) + "=" + value);
            }
        }
        return String.join(",", parts);
    }
}
