package io.tidemark.sink.table;

import io.tidemark.contracts.measure.Measure;
import io.tidemark.contracts.measure.MeasureCatalog;
import io.tidemark.sink.column.Column;
import io.tidemark.sink.column.FixedColumn;
import io.tidemark.sink.column.FixedColumn.Kind;
import io.tidemark.sink.column.MapColumn;
import io.tidemark.sink.column.NullableColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The columns that each measure of the catalogue has in the windows table. */
public final class MeasureColumns {

    /**
     * Columns of a count or a sum.
     *
     * @param value null when nothing is known
     * @param known null for a measure that is always known
     */
    public record Total(Measure measure, NullableColumn value, FixedColumn known) {}

    /** Columns of a distribution; sum, minimum and maximum are null when nothing is known. */
    public record Distribution(
            Measure measure,
            MapColumn histogram,
            FixedColumn known,
            NullableColumn sum,
            NullableColumn minimum,
            NullableColumn maximum) {}

    private MeasureColumns() {}

    /** Name and type of each measure column, in the order of the catalogue. */
    public static Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        for (Measure measure : MeasureCatalog.all()) {
            BiConsumer<String, Column> add = (name, column) -> types.put(name, column.type());
            if (measure.kind() == Measure.Kind.DISTRIBUTION) {
                distribution(measure, add);
            } else {
                total(measure, add);
            }
        }
        return types;
    }

    static List<Total> totals(BiConsumer<String, Column> columns) {
        List<Total> totals = new ArrayList<>();
        for (Measure measure : MeasureCatalog.all()) {
            if (measure.kind() != Measure.Kind.DISTRIBUTION) {
                totals.add(total(measure, columns));
            }
        }
        return totals;
    }

    static List<Distribution> distributions(BiConsumer<String, Column> columns) {
        List<Distribution> distributions = new ArrayList<>();
        for (Measure measure : MeasureCatalog.all()) {
            if (measure.kind() == Measure.Kind.DISTRIBUTION) {
                distributions.add(distribution(measure, columns));
            }
        }
        return distributions;
    }

    private static Total total(Measure measure, BiConsumer<String, Column> columns) {
        boolean count = measure.kind() == Measure.Kind.COUNT;
        NullableColumn value = new NullableColumn(count ? new FixedColumn(Kind.UINT64) : number(measure));
        columns.accept(count ? measure.name() : measure.name() + "_sum", value);
        FixedColumn known = null;
        if (measure.nullable()) {
            known = new FixedColumn(Kind.UINT64);
            columns.accept(measure.name() + "_known", known);
        }
        return new Total(measure, value, known);
    }

    private static Distribution distribution(Measure measure, BiConsumer<String, Column> columns) {
        Distribution distribution = new Distribution(
                measure,
                new MapColumn(new FixedColumn(Kind.INT16), new FixedColumn(Kind.UINT64)),
                new FixedColumn(Kind.UINT64),
                new NullableColumn(number(measure)),
                new NullableColumn(number(measure)),
                new NullableColumn(number(measure)));
        columns.accept(measure.name() + "_hist", distribution.histogram());
        columns.accept(measure.name() + "_known", distribution.known());
        columns.accept(measure.name() + "_sum", distribution.sum());
        columns.accept(measure.name() + "_min", distribution.minimum());
        columns.accept(measure.name() + "_max", distribution.maximum());
        return distribution;
    }

    private static FixedColumn number(Measure measure) {
        return new FixedColumn(measure.scale() == 1 ? Kind.INT64 : Kind.FLOAT64);
    }
}
