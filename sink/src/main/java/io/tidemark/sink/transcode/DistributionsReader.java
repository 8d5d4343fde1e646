package io.tidemark.sink.transcode;

import io.tidemark.sink.column.FixedColumn;
import io.tidemark.sink.column.NullableColumn;
import io.tidemark.sink.table.MeasureColumns.Distribution;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Reads the map of distributions into the columns of their measures; a measure that is not there is unknown. */
final class DistributionsReader implements FieldReader {

    private final List<Distribution> measures;
    private final MeasureSlots slots;
    private final FieldReader value;
    /** Takes what a measure that this version does not know holds. */
    private final FixedColumn ignoredIndexes = new FixedColumn(FixedColumn.Kind.INT16);

    private final FixedColumn ignoredCounts = new FixedColumn(FixedColumn.Kind.UINT64);
    private FixedColumn indexes = ignoredIndexes;
    private FixedColumn counts = ignoredCounts;
    private long known;
    private long sum;
    private long minimum;
    private long maximum;
    private boolean hasMinimum;
    private boolean hasMaximum;

    private DistributionsReader(Schema writer, List<Distribution> measures) {
        this.measures = measures;
        this.slots =
                new MeasureSlots(measures.stream().map(Distribution::measure).toList());
        this.value = new ScratchReaders(Map.of(
                        "known", in -> known = in.readLong(),
                        "sum", in -> sum = in.readLong(),
                        "min", this::readMinimum,
                        "max", this::readMaximum,
                        "indexes", this::readIndexes,
                        "counts", this::readCounts))
                .record(writer);
    }

    static FieldReader of(Schema writer, List<Distribution> measures) {
        return new DistributionsReader(writer, measures);
    }

    static FieldReader absent(List<Distribution> measures) {
        return in -> measures.forEach(DistributionsReader::appendUnknown);
    }

    @Override
    public void read(AvroCursor in) {
        slots.startRow();
        for (int count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
            for (int i = 0; i < count; i++) {
                readEntry(in);
            }
        }
        for (int slot = 0; slot < measures.size(); slot++) {
            if (slots.isMissing(slot)) {
                appendUnknown(measures.get(slot));
            }
        }
    }

    private void readEntry(AvroCursor in) {
        int slot = slots.read(in);
        Distribution columns = slot < 0 ? null : measures.get(slot);
        indexes = columns == null
                ? ignoredIndexes
                : (FixedColumn) columns.histogram().keys();
        counts = columns == null
                ? ignoredCounts
                : (FixedColumn) columns.histogram().values();
        known = 0;
        sum = 0;
        hasMinimum = false;
        hasMaximum = false;
        value.read(in);
        if (indexes.rows() != counts.rows()) {
            throw MalformedRecordException.invalidField(
                    "a histogram has %d more indexes than counts".formatted(indexes.rows() - counts.rows()));
        }
        ignoredIndexes.truncate(0);
        ignoredCounts.truncate(0);
        if (columns != null) {
            append(columns);
        }
    }

    private void append(Distribution columns) {
        columns.histogram().endRow();
        columns.known().append(known);
        appendOrNull(columns, columns.sum(), known > 0, sum);
        appendOrNull(columns, columns.minimum(), hasMinimum, minimum);
        appendOrNull(columns, columns.maximum(), hasMaximum, maximum);
    }

    private static void appendOrNull(Distribution columns, NullableColumn target, boolean present, long value) {
        if (present) {
            target.present();
            TotalsReader.appendScaled((FixedColumn) target.values(), value, columns.measure());
        } else {
            target.appendNull();
        }
    }

    private static void appendUnknown(Distribution columns) {
        columns.histogram().endRow();
        columns.known().append(0L);
        columns.sum().appendNull();
        columns.minimum().appendNull();
        columns.maximum().appendNull();
    }

    private void readMinimum(AvroCursor in) {
        minimum = in.readLong();
        hasMinimum = true;
    }

    private void readMaximum(AvroCursor in) {
        maximum = in.readLong();
        hasMaximum = true;
    }

    private void readIndexes(AvroCursor in) {
        for (int count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
            for (int i = 0; i < count; i++) {
                int index = in.readInt();
                if (index != (short) index) {
                    throw MalformedRecordException.invalidField("bucket %d is outside of the grid".formatted(index));
                }
                indexes.append(index);
            }
        }
    }

    private void readCounts(AvroCursor in) {
        for (int count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
            for (int i = 0; i < count; i++) {
                counts.append(in.readLong());
            }
        }
    }
}
