package io.tidemark.cli.stats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The named values that a metric gives, in the shapes of a vectors file. */
final class MetricOutputs {

    private final ObjectNode values = JsonNodeFactory.instance.objectNode();

    MetricOutputs number(String name, double value) {
        values.put(name, value);
        return this;
    }

    MetricOutputs whole(String name, long value) {
        values.put(name, value);
        return this;
    }

    MetricOutputs numbers(String name, double[] list) {
        ArrayNode array = values.putArray(name);
        for (double value : list) {
            array.add(value);
        }
        return this;
    }

    MetricOutputs wholes(String name, int[] list) {
        ArrayNode array = values.putArray(name);
        for (int value : list) {
            array.add(value);
        }
        return this;
    }

    MetricOutputs numbersByName(String name, List<String> keys, double[] list) {
        ObjectNode object = values.putObject(name);
        for (int i = 0; i < list.length; i++) {
            object.put(keys.get(i), list[i]);
        }
        return this;
    }

    /** Groups of names, for example aliased components. */
    MetricOutputs groups(String name, List<List<String>> groups) {
        ArrayNode array = values.putArray(name);
        for (List<String> group : groups) {
            ArrayNode inner = array.addArray();
            group.forEach(inner::add);
        }
        return this;
    }

    /** A value that does not exist, for example the pane of an alarm that never came. */
    MetricOutputs none(String name) {
        values.putNull(name);
        return this;
    }

    JsonNode json() {
        return values;
    }
}
