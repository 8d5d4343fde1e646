package io.tidemark.sink.table;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.sink.column.ArrayColumn;
import io.tidemark.sink.column.Column;
import io.tidemark.sink.column.DictionaryColumn;
import io.tidemark.sink.column.FixedColumn;
import io.tidemark.sink.column.FixedColumn.Kind;
import io.tidemark.sink.column.MapColumn;
import io.tidemark.sink.column.NullableColumn;
import io.tidemark.sink.column.StringColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Fresh columns for one batch of a table, and how the contract's fields lead to them. */
public final class TableLayout {

    /** Column of the broker's append time. */
    public static final String INGESTED_AT = "ingested_at";

    private static final String VERSION_ID = "version_id";

    private final MappingRules rules;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final FixedColumn ingestedAt = new FixedColumn(Kind.MICROS);
    private final Node.Group root;

    TableLayout(Schema contract, MappingRules rules) {
        this.rules = rules;
        this.root = group(contract, "", "", false, this::addColumn);
        columns.put(INGESTED_AT, ingestedAt);
    }

    /** Columns by name, in order. */
    public Map<String, Column> columns() {
        return columns;
    }

    /** Column of the broker's append time, which no record holds. */
    public FixedColumn ingestedAt() {
        return ingestedAt;
    }

    /** The contract's record. */
    public Node.Group root() {
        return root;
    }

    private Node.Group group(
            Schema record, String path, String prefix, boolean nullable, BiConsumer<String, Column> add) {
        Map<String, Node> fields = new LinkedHashMap<>();
        for (Schema.Field field : record.getFields()) {
            String fieldPath = path.isEmpty() ? field.name() : path + "." + field.name();
            if (rules.stores(fieldPath)) {
                fields.put(field.name(), node(field, fieldPath, prefix + field.name(), nullable, add));
            }
        }
        return new Node.Group(fields, versionId(record, prefix, add));
    }

    /** A version tuple gets a column for its identity, except where the record itself brings one. */
    private DictionaryColumn versionId(Schema record, String prefix, BiConsumer<String, Column> add) {
        boolean tuple =
                record.getFields().stream().map(Schema.Field::name).toList().equals(VersionTuple.COMPONENT_NAMES);
        if (!tuple || columns.containsKey(prefix + VERSION_ID)) {
            return null;
        }
        DictionaryColumn column = new DictionaryColumn(false);
        add.accept(prefix + VERSION_ID, column);
        return column;
    }

    private Node node(
            Schema.Field field, String path, String name, boolean inNullable, BiConsumer<String, Column> add) {
        Schema schema = Schemas.withoutNull(field.schema());
        boolean nullable = inNullable || field.schema().isNullable();
        return switch (schema.getType()) {
            case RECORD -> group(schema, path, rules.prefixes().getOrDefault(path, name + "_"), nullable, add);
            case ARRAY -> repeated(field, schema.getElementType(), path, name, add);
            case MAP -> mapping(schema, path, name, field, add);
            default -> leaf(field, schema, name, nullable, add);
        };
    }

    private Node leaf(
            Schema.Field field, Schema schema, String name, boolean nullable, BiConsumer<String, Column> add) {
        boolean dictionary = rules.dictionary().contains(name) || VersionTuple.COMPONENT_NAMES.contains(field.name());
        Column column = scalar(
                schema, name, dictionary, nullable && !rules.emptyForNull().contains(name));
        add.accept(name, column);
        return new Node.Leaf(column, field);
    }

    private Node repeated(
            Schema.Field field, Schema element, String path, String name, BiConsumer<String, Column> add) {
        List<ArrayColumn> arrays = new ArrayList<>();
        BiConsumer<String, Column> addArray = (elementName, column) -> {
            ArrayColumn array = new ArrayColumn(column);
            arrays.add(array);
            add.accept(elementName, array);
        };
        Node node = element.getType() == Schema.Type.RECORD
                ? group(element, path, name + ".", false, addArray)
                : leaf(field, element, name, false, addArray);
        return new Node.Repeated(arrays, node);
    }

    private Node mapping(Schema schema, String path, String name, Schema.Field field, BiConsumer<String, Column> add) {
        if (path.equals("totals")) {
            return new Node.Totals(MeasureColumns.totals(add));
        }
        if (path.equals("distributions")) {
            return new Node.Distributions(MeasureColumns.distributions(add));
        }
        Column keys = new DictionaryColumn(false);
        Column values = scalar(schema.getValueType(), name, false, false);
        MapColumn column = new MapColumn(keys, values);
        add.accept(name, column);
        return new Node.Mapping(column, new Node.Leaf(keys, field), new Node.Leaf(values, field));
    }

    private static Column scalar(Schema schema, String name, boolean dictionary, boolean nullable) {
        UnaryOperator<Column> wrap = column -> nullable ? new NullableColumn(column) : column;
        return switch (schema.getType()) {
            case ENUM -> new DictionaryColumn(nullable);
            case STRING -> dictionary ? new DictionaryColumn(nullable) : wrap.apply(new StringColumn());
            case LONG -> wrap.apply(new FixedColumn(isTime(schema) ? Kind.MICROS : Kind.INT64));
            case INT -> wrap.apply(new FixedColumn(Kind.INT32));
            case BOOLEAN -> wrap.apply(new FixedColumn(Kind.BOOL));
            case DOUBLE, FLOAT -> wrap.apply(new FixedColumn(Kind.FLOAT64));
            default ->
                throw new IllegalArgumentException("column '%s': a field of type %s cannot be stored"
                        .formatted(name, schema.getType().getName()));
        };
    }

    private static boolean isTime(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.TimestampMicros;
    }

    private void addColumn(String name, Column column) {
        if (columns.put(name, column) != null) {
            throw new IllegalArgumentException("two fields of the contract want the column '%s'".formatted(name));
        }
    }
}
