package io.tidemark.sink.migration;

import io.tidemark.sink.table.MeasureColumns;
import java.util.StringJoiner;

/** The columns of the measures, as a statement that does nothing where they exist. */
final class MeasureDdl {

    private MeasureDdl() {}

    /** A file of definitions made from the catalogue. */
    static SqlFile file() {
        StringJoiner columns = new StringJoiner(",\n    ", "    ", ";\n");
        MeasureColumns.types()
                .forEach((name, type) -> columns.add("ADD COLUMN IF NOT EXISTS %s %s%s"
                        .formatted(name, type, name.endsWith("_hist") ? " CODEC(ZSTD(1))" : "")));
        return new SqlFile(
                "repeatable/00-measure-columns.sql", "ALTER TABLE ${DATABASE}.windows_store ${ON_CLUSTER}\n" + columns);
    }
}
