package io.tidemark.sink.table;

import io.tidemark.sink.column.ArrayColumn;
import io.tidemark.sink.column.Column;
import io.tidemark.sink.column.DictionaryColumn;
import io.tidemark.sink.column.MapColumn;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** What a field of the contract is stored as, for one batch. */
public sealed interface Node {

    /** One column. */
    record Leaf(Column column, Schema.Field field) implements Node {}

    /** A map column. */
    record Mapping(MapColumn column, Node keys, Node values) implements Node {}

    /**
     * A nested record, flattened.
     *
     * @param versionId column for the identity of a version tuple that has no id of its own; else null
     */
    record Group(Map<String, Node> fields, DictionaryColumn versionId) implements Node {}

    /** An array: parallel array columns, one for each column of the element. */
    record Repeated(List<ArrayColumn> arrays, Node element) implements Node {}

    /** The map of counts and sums. */
    record Totals(List<MeasureColumns.Total> measures) implements Node {}

    /** The map of distributions. */
    record Distributions(List<MeasureColumns.Distribution> measures) implements Node {}
}
