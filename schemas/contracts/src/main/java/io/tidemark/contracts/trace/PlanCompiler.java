package io.tidemark.contracts.trace;

import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.SpanKind;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.trace.ProjectionPlan.Operation;
import io.tidemark.contracts.trace.ProjectionPlan.Step;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Turns a writer schema into a {@link ProjectionPlan}. */
final class PlanCompiler {

    static final Dimension[] VERSION_COMPONENTS = Arrays.stream(Dimension.values())
            .filter(Dimension::isVersionComponent)
            .toArray(Dimension[]::new);

    private static final int NO_UNION = -1;
    private static final int FLOAT_BYTES = 4;
    private static final int DOUBLE_BYTES = 8;
    private static final ProjectionPlan[] NO_CHILDREN = {};

    /** Which of our records a writer's record is read as; it decides what the field names mean. */
    private enum Place {
        TRACE,
        VERSION,
        RESOURCES,
        SPAN,
        SKIPPED
    }

    private final Map<String, ProjectionPlan> compiled = new HashMap<>();

    ProjectionPlan compile(Schema writer) {
        if (writer.getType() != Schema.Type.RECORD) {
            throw new IllegalArgumentException("writer schema of traces must be a record, got " + writer.getType());
        }
        return record(writer, Place.TRACE);
    }

    private ProjectionPlan record(Schema schema, Place place) {
        String name = place + " " + schema.getFullName();
        ProjectionPlan known = compiled.get(name);
        if (known != null) {
            return known;
        }
        ProjectionPlan plan = new ProjectionPlan();
        compiled.put(name, plan);
        plan.steps = schema.getFields().stream()
                .map(field -> step(field.name(), field.schema(), place))
                .toArray(Step[]::new);
        return plan;
    }

    private Step step(String field, Schema schema, Place place) {
        if (schema.getType() != Schema.Type.UNION) {
            return place == Place.SKIPPED ? skip(schema) : wanted(field, schema, place);
        }
        List<Schema> branches = schema.getTypes();
        int nullBranch = branches.indexOf(Schema.create(Schema.Type.NULL));
        if (branches.size() == 2 && nullBranch >= 0) {
            return step(field, branches.get(1 - nullBranch), place).nullable(nullBranch);
        }
        ProjectionPlan[] children = branches.stream()
                .map(branch -> single(step(field, branch, place)))
                .toArray(ProjectionPlan[]::new);
        return new Step(Operation.UNION, 0, NO_UNION, children, null);
    }

    private static ProjectionPlan single(Step step) {
        ProjectionPlan plan = new ProjectionPlan();
        plan.steps = new Step[] {step};
        return plan;
    }

    private Step wanted(String field, Schema schema, Place place) {
        return switch (place) {
            case TRACE -> traceField(field, schema);
            case VERSION -> versionComponent(field, schema);
            case RESOURCES -> number(field, schema, NumberField.QUEUE_DEPTH, NumberField.KV_CACHE_UTILIZATION);
            case SPAN -> spanField(field, schema);
            case SKIPPED -> skip(schema);
        };
    }

    private Step traceField(String field, Schema schema) {
        switch (field) {
            case "version":
                return group(schema, Place.VERSION);
            case "resources":
                return group(schema, Place.RESOURCES);
            case "spans":
                return spans(schema);
            case "status":
                return symbol(field, schema, NumberField.STATUS, InferenceStatus.values());
            case "role":
                return symbol(field, schema, NumberField.ROLE, TrafficRole.values());
            case "inference_id":
                return text(field, schema, ProjectedTrace.INFERENCE_ID);
            case "session_id":
                return text(field, schema, ProjectedTrace.SESSION_ID);
            case "trace_id":
                return text(field, schema, ProjectedTrace.TRACE_ID);
            case "fallback_from":
                return schema.getType() == Schema.Type.STRING
                        ? leaf(Operation.PRESENCE, NumberField.FALLBACK_FROM.ordinal())
                        : skip(schema);
            default:
                break;
        }
        for (TextField text : TextField.values()) {
            if (text.fieldName().equals(field) && text.accepts(schema)) {
                return bytes(text, schema);
            }
        }
        for (Dimension dimension : Dimension.values()) {
            if (!dimension.isVersionComponent() && dimension.fieldName().equals(field)) {
                return text(field, schema, dimension.ordinal());
            }
        }
        return number(field, schema, NumberField.EVENT_TIME, NumberField.CONFIDENCE);
    }

    private Step versionComponent(String field, Schema schema) {
        for (Dimension dimension : VERSION_COMPONENTS) {
            if (dimension.fieldName().equals(field)) {
                return text(field, schema, dimension.ordinal());
            }
        }
        return skip(schema);
    }

    private Step spanField(String field, Schema schema) {
        return switch (field) {
            case "kind" -> symbol(field, schema, NumberField.SPAN_KIND, SpanKind.values());
            case "duration_micros" -> numberOf(field, schema, NumberField.SPAN_DURATION);
            default -> skip(schema);
        };
    }

    private Step number(String field, Schema schema, NumberField first, NumberField last) {
        for (int i = first.ordinal(); i <= last.ordinal(); i++) {
            NumberField candidate = NumberField.values()[i];
            if (candidate.fieldName().equals(field)) {
                return numberOf(field, schema, candidate);
            }
        }
        return skip(schema);
    }

    private static Step numberOf(String field, Schema schema, NumberField target) {
        Operation operation =
                switch (schema.getType()) {
                    case INT, LONG -> Operation.NUMBER;
                    case FLOAT -> Operation.FLOAT_NUMBER;
                    case DOUBLE -> Operation.DOUBLE_NUMBER;
                    case BOOLEAN -> Operation.FLAG;
                    default -> throw unreadable(field, schema, "a number or a flag");
                };
        return leaf(operation, target.ordinal());
    }

    private static Step text(String field, Schema schema, int slot) {
        if (schema.getType() != Schema.Type.STRING) {
            throw unreadable(field, schema, "a string");
        }
        return leaf(Operation.TEXT, slot);
    }

    private static Step symbol(String field, Schema schema, NumberField target, Enum<?>[] ours) {
        if (schema.getType() != Schema.Type.ENUM) {
            throw unreadable(field, schema, "an enum");
        }
        int[] ordinals = schema.getEnumSymbols().stream()
                .mapToInt(symbol -> ordinal(symbol, ours))
                .toArray();
        return new Step(Operation.SYMBOL, target.ordinal(), NO_UNION, NO_CHILDREN, ordinals);
    }

    /** Symbols that we do not know become the default symbol, the first. */
    private static int ordinal(String symbol, Enum<?>[] ours) {
        for (Enum<?> our : ours) {
            if (our.name().equals(symbol)) {
                return our.ordinal();
            }
        }
        return 0;
    }

    private Step spans(Schema schema) {
        if (schema.getType() != Schema.Type.ARRAY || schema.getElementType().getType() != Schema.Type.RECORD) {
            throw unreadable("spans", schema, "an array of records");
        }
        ProjectionPlan element = record(schema.getElementType(), Place.SPAN);
        return new Step(Operation.SPANS, 0, NO_UNION, new ProjectionPlan[] {element}, null);
    }

    private Step group(Schema schema, Place place) {
        if (schema.getType() != Schema.Type.RECORD) {
            return skip(schema);
        }
        return new Step(Operation.GROUP, 0, NO_UNION, new ProjectionPlan[] {record(schema, place)}, null);
    }

    private Step skip(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> leaf(Operation.SKIP_NOTHING, 0);
            case BOOLEAN -> leaf(Operation.SKIP_FIXED, 1);
            case INT, LONG, ENUM -> leaf(Operation.SKIP_VARINT, 0);
            case FLOAT -> leaf(Operation.SKIP_FIXED, FLOAT_BYTES);
            case DOUBLE -> leaf(Operation.SKIP_FIXED, DOUBLE_BYTES);
            case STRING, BYTES -> leaf(Operation.SKIP_TEXT, 0);
            case FIXED -> leaf(Operation.SKIP_FIXED, schema.getFixedSize());
            case RECORD -> group(schema, Place.SKIPPED);
            case ARRAY -> container(Operation.SKIP_ARRAY, schema.getElementType());
            case MAP -> container(Operation.SKIP_MAP, schema.getValueType());
            case UNION -> step("", schema, Place.SKIPPED);
        };
    }

    /** A field of another type than ours is passed over: nobody can read it, and nobody must. */
    private Step bytes(TextField field, Schema schema) {
        int slot = ProjectedTrace.slot(field);
        if (!field.isMap()) {
            return leaf(Operation.TEXT, slot);
        }
        Step map = skip(schema);
        return new Step(Operation.MAP, slot, NO_UNION, map.children, null);
    }

    private Step container(Operation operation, Schema element) {
        ProjectionPlan plan = single(step("", element, Place.SKIPPED));
        return new Step(operation, 0, NO_UNION, new ProjectionPlan[] {plan}, null);
    }

    private static Step leaf(Operation operation, int target) {
        return new Step(operation, target, NO_UNION, NO_CHILDREN, null);
    }

    private static IllegalArgumentException unreadable(String field, Schema schema, String expected) {
        return new IllegalArgumentException(
                "field '%s' of the writer schema is %s, expected %s".formatted(field, schema.getType(), expected));
    }
}
