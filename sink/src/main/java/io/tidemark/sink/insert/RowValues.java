package io.tidemark.sink.insert;

import com.clickhouse.data.ClickHouseColumn;
import io.tidemark.sink.column.NativeBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a block as objects, for paths that insert by row.
 *
 * @param columns name and type of each column
 * @param rows one value for each column
 */
public record RowValues(List<ClickHouseColumn> columns, List<Object[]> rows) {

    /** Decodes all rows of a block: slow, and meant for comparisons. */
    public static RowValues of(NativeBlock block) {
        List<ClickHouseColumn> columns = new ArrayList<>();
        block.names()
                .forEach(name ->
                        columns.add(ClickHouseColumn.of(name, block.column(name).type())));
        List<Object[]> rows = new ArrayList<>();
        for (int row = 0; row < block.rows(); row++) {
            Object[] values = new Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = block.column(columns.get(i).getColumnName()).value(row);
            }
            rows.add(values);
        }
        return new RowValues(columns, rows);
    }

    List<String> names() {
        return columns.stream()
                .map(column -> '`' + column.getColumnName() + '`')
                .toList();
    }
}
