package io.tidemark.sink.transcode;

import io.tidemark.sink.column.Column;
import io.tidemark.sink.column.FixedColumn;
import io.tidemark.sink.column.NullableColumn;
import io.tidemark.sink.column.TextColumn;
import io.tidemark.sink.table.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** Walks a writer schema once beside the columns of a batch and says, field by field, what to do with its bytes. */
final class ReaderCompiler {

    private final Skippers skippers = new Skippers();
    private final VersionIds versionIds;

    ReaderCompiler(VersionIds versionIds) {
        this.versionIds = versionIds;
    }

    FieldReader compile(Schema writer, Node node) {
        if (node == null) {
            return skippers.of(writer);
        }
        if (writer.getType() == Schema.Type.UNION) {
            return union(writer, node);
        }
        if (writer.getType() == Schema.Type.NULL) {
            return nothing(node);
        }
        if (node instanceof Node.Leaf leaf) {
            return scalar(writer, leaf.column());
        }
        if (node instanceof Node.Group group) {
            return record(expect(writer, Schema.Type.RECORD), group);
        }
        if (node instanceof Node.Repeated repeated) {
            return new ContainerReaders.Array(
                    repeated.arrays(), compile(expect(writer, Schema.Type.ARRAY).getElementType(), repeated.element()));
        }
        Schema values = expect(writer, Schema.Type.MAP).getValueType();
        if (node instanceof Node.Mapping mapping) {
            return new ContainerReaders.Mapping(
                    mapping.column(), (TextColumn) mapping.column().keys(), compile(values, mapping.values()));
        }
        if (node instanceof Node.Totals totals) {
            return TotalsReader.of(expect(values, Schema.Type.RECORD), totals.measures());
        }
        return DistributionsReader.of(expect(values, Schema.Type.RECORD), ((Node.Distributions) node).measures());
    }

    private FieldReader union(Schema writer, Node node) {
        return new ScalarReaders.Union(
                writer.getTypes().stream().map(branch -> compile(branch, node)).toArray(FieldReader[]::new));
    }

    private FieldReader record(Schema writer, Node.Group group) {
        FieldReader fields = fields(writer, group);
        if (group.versionId() == null) {
            return fields;
        }
        return new VersionReader(group, fields, skippers.of(writer), versionIds);
    }

    private FieldReader fields(Schema writer, Node.Group group) {
        List<FieldReader> readers = new ArrayList<>();
        Set<String> written = new HashSet<>();
        for (Schema.Field field : writer.getFields()) {
            written.add(field.name());
            readers.add(compile(field.schema(), group.fields().get(field.name())));
        }
        for (Map.Entry<String, Node> own : group.fields().entrySet()) {
            if (!written.contains(own.getKey())) {
                readers.add(absent(own.getValue()));
            }
        }
        return new ScalarReaders.InOrder(readers.toArray(FieldReader[]::new));
    }

    private FieldReader scalar(Schema writer, Column column) {
        if (column instanceof NullableColumn nullable) {
            return new ScalarReaders.Present(nullable, scalar(writer, nullable.values()));
        }
        return switch (writer.getType()) {
            case ENUM -> ScalarReaders.Symbols.of(text(column, writer), writer);
            case STRING, BYTES -> new ScalarReaders.Texts(text(column, writer));
            case LONG ->
                isReal(column)
                        ? new ScalarReaders.Widened(number(column, writer))
                        : new ScalarReaders.Integers(number(column, writer));
            case INT ->
                isReal(column)
                        ? new ScalarReaders.Widened(number(column, writer))
                        : new ScalarReaders.SmallIntegers(number(column, writer));
            case BOOLEAN -> new ScalarReaders.Booleans(number(column, writer));
            case DOUBLE -> new ScalarReaders.Doubles(number(column, writer));
            case FLOAT -> new ScalarReaders.Floats(number(column, writer));
            default -> throw mismatch(writer, column.type());
        };
    }

    /** Readers that read nothing and store a null for every column below a node. */
    private FieldReader nothing(Node node) {
        if (node instanceof Node.Group group) {
            List<FieldReader> readers = new ArrayList<>();
            group.fields().values().forEach(field -> readers.add(nothing(field)));
            if (group.versionId() != null) {
                readers.add(new ScalarReaders.Null(group.versionId()));
            }
            return new ScalarReaders.InOrder(readers.toArray(FieldReader[]::new));
        }
        return node instanceof Node.Leaf leaf ? new ScalarReaders.Null(leaf.column()) : absent(node);
    }

    /** Readers that read nothing and store the contract's default for every column below a node. */
    private FieldReader absent(Node node) {
        if (node instanceof Node.Leaf leaf) {
            return DefaultReaders.of(leaf);
        }
        if (node instanceof Node.Mapping mapping) {
            return new ScalarReaders.Default(mapping.column());
        }
        if (node instanceof Node.Repeated repeated) {
            return new ScalarReaders.InOrder(
                    repeated.arrays().stream().map(ScalarReaders.Default::new).toArray(FieldReader[]::new));
        }
        if (node instanceof Node.Totals totals) {
            return TotalsReader.absent(totals.measures());
        }
        if (node instanceof Node.Distributions distributions) {
            return DistributionsReader.absent(distributions.measures());
        }
        Node.Group group = (Node.Group) node;
        List<FieldReader> readers = new ArrayList<>();
        group.fields().values().forEach(field -> readers.add(absent(field)));
        if (group.versionId() != null) {
            readers.add(VersionReader.unknown(group.versionId()));
        }
        return new ScalarReaders.InOrder(readers.toArray(FieldReader[]::new));
    }

    private static boolean isReal(Column column) {
        return column.type().equals("Float64");
    }

    private static TextColumn text(Column column, Schema writer) {
        if (column instanceof TextColumn text) {
            return text;
        }
        throw mismatch(writer, column.type());
    }

    private static FixedColumn number(Column column, Schema writer) {
        if (column instanceof FixedColumn number) {
            return number;
        }
        throw mismatch(writer, column.type());
    }

    private static Schema expect(Schema writer, Schema.Type type) {
        if (writer.getType() != type) {
            throw mismatch(writer, type.getName());
        }
        return writer;
    }

    private static IncompatibleWriterException mismatch(Schema writer, String wanted) {
        return new IncompatibleWriterException("the writer has %s where the contract has %s"
                .formatted(writer.getType().getName(), wanted));
    }
}
