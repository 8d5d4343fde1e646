package io.tidemark.jobs.rules;

import io.tidemark.jobs.runtime.FlatType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * The row of a pane, on its way to the rules; or the word of a writer how far it has come.
 *
 * @param group tenant whose rules share an error budget; empty for slices over all tenants
 * @param partition partition that it was read from
 * @param endMillis end of the pane, exclusive; for a word, the time up to which everything was said
 * @param writer subtask that gives its word
 * @param writers how many such subtasks there are; 0 for the row of a pane
 * @param row the row in the wire format of the registry; null for a word
 */
public record PaneRow(String group, int partition, long endMillis, int writer, int writers, byte[] row) {

    /** Type information for Flink. */
    public static final TypeInformation<PaneRow> TYPE = new FlatType<>(PaneRow.class, new PaneRowSerializer());

    static PaneRow of(String group, int partition, long endMillis, byte[] row) {
        return new PaneRow(group, partition, endMillis, 0, 0, row);
    }

    static PaneRow word(int partition, long timeMillis, int writer, int writers) {
        return new PaneRow("", partition, timeMillis, writer, writers, null);
    }

    boolean isWord() {
        return writers > 0;
    }
}
