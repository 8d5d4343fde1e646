package io.tidemark.cli.format;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.ResourceGauges;
import io.tidemark.contracts.avro.Span;
import io.tidemark.contracts.avro.SpanKind;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.VersionTupleRecord;
import io.tidemark.ingest.validation.BlankTrace;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Reads one JSON object as a trace. Follows the Avro schema, so that a new field of a known type needs no line here. */
final class TraceJson {

    private static final Map<String, Supplier<SpecificRecord>> BLANK_RECORDS = Map.of(
            Trace.getClassSchema().getFullName(), BlankTrace::create,
            Span.getClassSchema().getFullName(), BlankTrace::createSpan,
            VersionTupleRecord.getClassSchema().getFullName(),
                    () -> VersionTuple.unknown().toAvro(),
            ResourceGauges.getClassSchema().getFullName(), ResourceGauges::new);

    private static final Map<String, Function<String, Object>> ENUM_CONSTANTS = Map.of(
            InferenceStatus.getClassSchema().getFullName(), InferenceStatus::valueOf,
            TrafficRole.getClassSchema().getFullName(), TrafficRole::valueOf,
            SpanKind.getClassSchema().getFullName(), SpanKind::valueOf);

    private final JsonCursor cursor;
    private final Map<String, Integer> columns;

    /** @param columns filled with the column of each value of the outermost object */
    TraceJson(JsonCursor cursor, Map<String, Integer> columns) {
        this.cursor = cursor;
        this.columns = columns;
    }

    /** Reads the object that the cursor stands on. */
    SpecificRecord read(Schema schema) throws IOException, MalformedLineException {
        return record("", schema);
    }

    private SpecificRecord record(String path, Schema schema) throws IOException, MalformedLineException {
        cursor.expectObject(path);
        SpecificRecord record = BLANK_RECORDS.get(schema.getFullName()).get();
        String prefix = path.isEmpty() ? "" : path + ".";
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            Schema.Field field = schema.getField(name);
            if (field == null) {
                throw cursor.malformed("unknown key '%s%s'".formatted(prefix, name));
            }
            if (path.isEmpty()) {
                columns.put(name, cursor.column());
            }
            record.put(field.pos(), value(prefix + name, field.schema()));
        }
        return record;
    }

    private Object value(String path, Schema schema) throws IOException, MalformedLineException {
        return switch (schema.getType()) {
            case UNION -> cursor.isNull() ? null : value(path, known(schema));
            case RECORD -> record(path, schema);
            case ARRAY -> array(path, schema.getElementType());
            case MAP -> map(path, schema.getValueType());
            case ENUM -> symbol(path, schema);
            case STRING -> cursor.text(path);
            case BOOLEAN -> cursor.flag(path);
            case INT -> (int) cursor.wholeNumber(path, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG ->
                isTime(schema) ? time(path) : (Object) cursor.wholeNumber(path, Long.MIN_VALUE, Long.MAX_VALUE);
            case DOUBLE -> cursor.number(path);
            case FLOAT, BYTES, FIXED, NULL -> throw new IllegalStateException("no trace field has type " + schema);
        };
    }

    private List<Object> array(String path, Schema elements) throws IOException, MalformedLineException {
        cursor.expectArray(path);
        List<Object> values = new ArrayList<>();
        while (cursor.nextElement()) {
            values.add(value("%s[%d]".formatted(path, values.size()), elements));
        }
        return values;
    }

    private Map<String, Object> map(String path, Schema valueSchema) throws IOException, MalformedLineException {
        cursor.expectObject(path);
        Map<String, Object> values = new HashMap<>();
        for (String key = cursor.nextField(); key != null; key = cursor.nextField()) {
            values.put(key, value(path + "." + key, valueSchema));
        }
        return values;
    }

    private Object symbol(String path, Schema schema) throws IOException, MalformedLineException {
        String symbol = cursor.text(path).toUpperCase(Locale.ROOT);
        if (!schema.hasEnumSymbol(symbol)) {
            throw cursor.broken(path, "must be one of " + schema.getEnumSymbols());
        }
        return ENUM_CONSTANTS.get(schema.getFullName()).apply(symbol);
    }

    /** The part of a nullable type that is not null. */
    private static Schema known(Schema union) {
        return union.getTypes().get(union.getTypes().get(0).getType() == Schema.Type.NULL ? 1 : 0);
    }

    private static boolean isTime(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.TimestampMicros;
    }

    /** Microseconds since the epoch, or an ISO-8601 instant. */
    private Instant time(String path) throws IOException, MalformedLineException {
        if (!cursor.isText()) {
            long micros = cursor.wholeNumber(path, 0, Long.MAX_VALUE);
            return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        }
        try {
            return Instant.parse(cursor.text(path)).truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw cursor.broken(path, "must be microseconds since the epoch or such as 2026-01-01T00:00:00Z");
        }
    }
}
