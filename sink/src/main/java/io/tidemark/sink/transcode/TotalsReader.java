package io.tidemark.sink.transcode;

import io.tidemark.contracts.measure.Measure;
import io.tidemark.sink.column.FixedColumn;
import io.tidemark.sink.table.MeasureColumns.Total;
import java.util.List;
import org.apache.avro.Schema;

/** Reads the map of counts and sums into the columns of their measures; a measure that is not there is unknown. */
final class TotalsReader implements FieldReader {

    private final List<Total> measures;
    private final MeasureSlots slots;
    private final FieldReader value;
    private long known;
    private long total;

    private TotalsReader(Schema writer, List<Total> measures) {
        this.measures = measures;
        this.slots = new MeasureSlots(measures.stream().map(Total::measure).toList());
        this.value = new ScratchReaders(
                        java.util.Map.of("known", in -> known = in.readLong(), "value", in -> total = in.readLong()))
                .record(writer);
    }

    static FieldReader of(Schema writer, List<Total> measures) {
        return new TotalsReader(writer, measures);
    }

    static FieldReader absent(List<Total> measures) {
        return in -> measures.forEach(TotalsReader::appendUnknown);
    }

    @Override
    public void read(AvroCursor in) {
        slots.startRow();
        for (int count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
            for (int i = 0; i < count; i++) {
                int slot = slots.read(in);
                known = 0;
                total = 0;
                value.read(in);
                if (slot >= 0) {
                    append(measures.get(slot));
                }
            }
        }
        for (int slot = 0; slot < measures.size(); slot++) {
            if (slots.isMissing(slot)) {
                appendUnknown(measures.get(slot));
            }
        }
    }

    private void append(Total columns) {
        if (columns.measure().nullable() && known == 0) {
            appendUnknown(columns);
            return;
        }
        columns.value().present();
        appendScaled((FixedColumn) columns.value().values(), total, columns.measure());
        if (columns.known() != null) {
            columns.known().append(known);
        }
    }

    static void appendScaled(FixedColumn column, long fixedPoint, Measure measure) {
        if (measure.scale() == 1) {
            column.append(fixedPoint);
        } else {
            column.append(fixedPoint / (double) measure.scale());
        }
    }

    private static void appendUnknown(Total columns) {
        columns.value().appendNull();
        if (columns.known() != null) {
            columns.known().append(0L);
        }
    }
}
