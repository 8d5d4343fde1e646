package io.tidemark.sink.transcode;

import io.tidemark.contracts.trace.TraceAdmission;
import io.tidemark.registry.WireFormat;
import io.tidemark.sink.column.NativeBlock;
import io.tidemark.sink.table.StoredTopic;
import io.tidemark.sink.table.TableLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;

/** The rows of one batch of one table. Not safe for use by several threads at once. */
public final class RowWriter {

    private final TableLayout layout;
    private final NativeBlock block;
    private final VersionIds versionIds;
    private final RowCheck check;
    private final AvroCursor cursor = new AvroCursor();
    private final Map<Integer, FieldReader> readers = new HashMap<>();
    private int rows;

    /**
     * @param versionIds shared by all batches
     * @param admission rule for traces, shared with the jobs
     */
    public RowWriter(StoredTopic topic, VersionIds versionIds, TraceAdmission admission) {
        this.layout = topic.layout();
        this.block = new NativeBlock(layout.columns());
        this.versionIds = versionIds;
        this.check = RowCheck.of(topic, layout, admission);
    }

    /** The rows so far, as columns. */
    public NativeBlock block() {
        return block;
    }

    /** Number of rows so far. */
    public int rows() {
        return rows;
    }

    /** Whether records of that schema can be read without {@link #learn}. */
    public boolean knows(int schemaId) {
        return readers.containsKey(schemaId);
    }

    /** Makes ready to read records of a writer schema. */
    public void learn(int schemaId, Schema writer) {
        readers.put(schemaId, compile(writer));
    }

    /**
     * Appends a record as a row, or leaves every column as it was.
     *
     * @param record header and body; its schema is known
     * @param appendMillis time at which the broker appended it, milliseconds since the epoch
     * @return why the record is refused; empty when it is now a row
     */
    public Optional<Refusal> append(int schemaId, byte[] record, long appendMillis) {
        cursor.start(record, WireFormat.HEADER_BYTES);
        Refusal refusal;
        try {
            readers.get(schemaId).read(cursor);
            refusal = cursor.remaining() == 0 ? check.refusal(appendMillis) : leftOver(cursor.remaining());
        } catch (MalformedRecordException e) {
            refusal = e.isForbiddenValue() ? Refusal.invalid(e.getMessage()) : Refusal.unreadable(e.getMessage());
        }
        if (refusal != null) {
            block.truncate(rows);
            return Optional.of(refusal);
        }
        layout.ingestedAt().append(TimeUnit.MILLISECONDS.toMicros(appendMillis));
        rows++;
        return Optional.empty();
    }

    private FieldReader compile(Schema writer) {
        if (writer.getType() != Schema.Type.RECORD) {
            return unreadable("the writer schema is a %s, not a record".formatted(writer.getType()));
        }
        try {
            return new ReaderCompiler(versionIds).compile(writer, layout.root());
        } catch (IncompatibleWriterException e) {
            return unreadable("schema %s: %s".formatted(writer.getFullName(), e.getMessage()));
        }
    }

    private static FieldReader unreadable(String why) {
        return in -> {
            throw MalformedRecordException.unreadable(why);
        };
    }

    private static Refusal leftOver(int bytes) {
        return Refusal.unreadable("%d bytes are left over after the last field".formatted(bytes));
    }
}
