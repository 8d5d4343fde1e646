package io.tidemark.gateway.mapping;

import java.util.List;
import java.util.Map;

/** Names of the attributes of outcome events. */
public final class OutcomeNames {

    private final Map<String, List<String>> names;

    OutcomeNames(Map<String, List<String>> names) {
        this.names = Map.copyOf(names);
    }

    /** The first value that an event has for a field; null when it has none. */
    public Object value(String field, Map<String, Object> attributes) {
        for (String name : names.getOrDefault(field, List.of())) {
            Object value = attributes.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
