package io.tidemark.jobs.drift.profile;

import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.BaselineSource;
import io.tidemark.contracts.avro.SliceRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A frozen profile: how each measure is counted, and the counts of each cell, the finest slice that is kept. */
public final class Profile {

    private final ProfileHead head;
    private final List<MeasureLayout> layouts;
    private final Map<String, Cell> cells = new TreeMap<>();

    /** A profile without observations. */
    public Profile(ProfileHead head, List<MeasureLayout> layouts) {
        this.head = head;
        this.layouts = List.copyOf(layouts);
    }

    /**
     * What is known of a profile besides its counts.
     *
     * @param id identity
     * @param source what it was made from
     * @param sourceText the range or the file, for people
     * @param tenant tenant that it is for; empty for all
     * @param from start of the data; empty when the data has no time
     * @param to end of the data
     * @param created when it was made
     * @param trained when the model was last trained, where known
     * @param actor who made it
     */
    public record ProfileHead(
            String id,
            BaselineSource source,
            String sourceText,
            Optional<String> tenant,
            Optional<Instant> from,
            Optional<Instant> to,
            Instant created,
            Optional<Instant> trained,
            String actor) {

        /** Whether a window that starts then may be compared: the data of a baseline is not compared with itself. */
        public boolean allows(long windowStartMillis) {
            return to.isEmpty() || windowStartMillis >= to.get().toEpochMilli();
        }
    }

    /**
     * The counts of a cell.
     *
     * @param slice the cell
     * @param n observations
     * @param counts counts of each measure, in the order of the layouts
     */
    @SuppressWarnings("ArrayRecordComponent") // filled and read in place
    public record Cell(SliceRef slice, long n, long[][] counts) {}

    public ProfileHead head() {
        return head;
    }

    public List<MeasureLayout> layouts() {
        return layouts;
    }

    /** Position of a measure; -1 when the profile does not know it. */
    public int indexOf(String measure) {
        for (int i = 0; i < layouts.size(); i++) {
            if (layouts.get(i).name().equals(measure)) {
                return i;
            }
        }
        return -1;
    }

    /** Adds the counts of a cell, or replaces them. */
    public void put(Cell cell) {
        if (cell.counts().length != layouts.size()) {
            throw new IllegalArgumentException("cell has %d measures, the baseline '%s' has %d"
                    .formatted(cell.counts().length, head.id(), layouts.size()));
        }
        cells.put(SliceKey.of(cell.slice()), cell);
    }

    public List<Cell> cells() {
        return Collections.unmodifiableList(new ArrayList<>(cells.values()));
    }

    /** Observations in all cells. */
    public long n() {
        return cells.values().stream().mapToLong(Cell::n).sum();
    }
}
