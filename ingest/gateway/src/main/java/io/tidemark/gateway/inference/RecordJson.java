package io.tidemark.gateway.inference;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.ResourceGauges;
import io.tidemark.contracts.avro.Span;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.VersionTupleRecord;
import io.tidemark.ingest.validation.BlankOutcome;
import io.tidemark.ingest.validation.BlankTrace;
import io.tidemark.registry.TrustedRecords;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Reads a JSON object as a trace or an outcome. Follows the Avro schema: a new field of a known type needs no line here. */
final class RecordJson {

    static {
        // Avro looks up the classes of enums by name
        TrustedRecords.register();
    }

    private static final Map<String, Supplier<SpecificRecord>> BLANK = Map.of(
            Trace.class.getName(), BlankTrace::create,
            Outcome.class.getName(), BlankOutcome::create,
            Span.class.getName(), BlankTrace::createSpan,
            VersionTupleRecord.class.getName(), () -> VersionTuple.unknown().toAvro(),
            ResourceGauges.class.getName(), ResourceGauges::new);

    private RecordJson() {}

    /** @param schema of {@link Trace} or {@link Outcome} */
    static SpecificRecord read(Schema schema, JsonNode node) throws InvalidFieldException {
        return record("", schema, node);
    }

    private static SpecificRecord record(String path, Schema schema, JsonNode node) throws InvalidFieldException {
        require(node.isObject(), path.isEmpty() ? "each" : path, "must be an object");
        SpecificRecord record = BLANK.get(schema.getFullName()).get();
        Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> entry = fields.next();
            String name = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            Schema.Field field = schema.getField(entry.getKey());
            require(field != null, name, "is no field of the contract");
            record.put(field.pos(), value(name, field.schema(), entry.getValue()));
        }
        return record;
    }

    private static Object value(String path, Schema schema, JsonNode node) throws InvalidFieldException {
        return switch (schema.getType()) {
            case UNION -> node.isNull() ? null : value(path, branch(schema), node);
            case RECORD -> record(path, schema, node);
            case ARRAY -> array(path, schema.getElementType(), node);
            case MAP -> map(path, schema.getValueType(), node);
            case ENUM -> symbol(path, schema, node);
            case STRING -> {
                require(node.isTextual(), path, "must be a text");
                yield node.textValue();
            }
            case BOOLEAN -> {
                require(node.isBoolean(), path, "must be true or false");
                yield node.booleanValue();
            }
            case INT -> {
                require(node.isIntegralNumber() && node.canConvertToInt(), path, "must be a whole number");
                yield node.intValue();
            }
            case LONG -> schema.getLogicalType() == null ? whole(path, node) : (Object) time(path, node);
            case DOUBLE -> {
                require(node.isNumber(), path, "must be a number");
                yield node.doubleValue();
            }
            case FLOAT, BYTES, FIXED, NULL ->
                throw new IllegalStateException("no field of a record has type " + schema);
        };
    }

    private static List<Object> array(String path, Schema elements, JsonNode node) throws InvalidFieldException {
        require(node.isArray(), path, "must be an array");
        List<Object> values = new ArrayList<>();
        for (JsonNode element : node) {
            values.add(value("%s[%d]".formatted(path, values.size()), elements, element));
        }
        return values;
    }

    private static Map<String, Object> map(String path, Schema schema, JsonNode node) throws InvalidFieldException {
        require(node.isObject(), path, "must be an object");
        Map<String, Object> values = new HashMap<>();
        Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> entry = fields.next();
            values.put(entry.getKey(), value(path + "." + entry.getKey(), schema, entry.getValue()));
        }
        return values;
    }

    private static Object symbol(String path, Schema schema, JsonNode node) throws InvalidFieldException {
        String symbol = node.asText().toUpperCase(Locale.ROOT);
        require(schema.hasEnumSymbol(symbol), path, "must be one of " + schema.getEnumSymbols());
        return SpecificData.get().createEnum(symbol, schema);
    }

    private static Schema branch(Schema union) {
        return union.getTypes().get(union.getTypes().get(0).getType() == Schema.Type.NULL ? 1 : 0);
    }

    private static Long whole(String path, JsonNode node) throws InvalidFieldException {
        require(node.isIntegralNumber() && node.canConvertToLong(), path, "must be a whole number");
        return node.longValue();
    }

    /** Microseconds since the epoch, or an ISO-8601 instant. */
    private static Instant time(String path, JsonNode node) throws InvalidFieldException {
        if (node.isTextual()) {
            try {
                return Instant.parse(node.textValue()).truncatedTo(ChronoUnit.MICROS);
            } catch (DateTimeException e) {
                throw new InvalidFieldException(path, "must be an instant such as 2026-01-01T00:00:00Z");
            }
        }
        long micros = whole(path, node);
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static void require(boolean holds, String field, String rule) throws InvalidFieldException {
        if (!holds) {
            throw new InvalidFieldException(field.length() > 80 ? field.substring(0, 80) + "..." : field, rule);
        }
    }
}
