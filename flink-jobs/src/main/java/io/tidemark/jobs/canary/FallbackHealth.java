package io.tidemark.jobs.canary;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether the tuples that a rollout can fall back to are healthy themselves, over the last five to ten minutes. */
final class FallbackHealth {

    private static final int PANES = 30;

    private Map<String, long[]> younger = new TreeMap<>();
    private Map<String, long[]> older = new TreeMap<>();
    private int panes;

    /** Where to go back to. */
    record Target(VersionTuple tuple, Boolean healthy) {}

    void add(PaneArms pane) {
        if (++panes % PANES == 0) {
            older = younger;
            younger = new TreeMap<>();
        }
        pane.fallbacks.forEach((versionId, cell) -> {
            long[] counts = younger.computeIfAbsent(versionId, unused -> new long[2]);
            counts[0] += cell.size();
            counts[1] += cell.errors();
        });
    }

    /**
     * The nearest tuple that is not known to be bad.
     *
     * @param control what one goes back to first
     * @param controlHealthy whether it is healthy; null while unknown
     * @param fallbacks what one goes back to next, nearest first
     * @return no tuple when every one is bad
     */
    Target choose(VersionTuple control, Boolean controlHealthy, List<VersionTuple> fallbacks) {
        if (controlHealthy == null || controlHealthy) {
            return new Target(control, controlHealthy);
        }
        for (VersionTuple fallback : fallbacks) {
            Boolean healthy = health(fallback.versionId());
            if (healthy == null || healthy) {
                return new Target(fallback, healthy);
            }
        }
        return new Target(null, false);
    }

    private Boolean health(String versionId) {
        long units = 0;
        long errors = 0;
        for (Map<String, long[]> half : List.of(younger, older)) {
            long[] counts = half.get(versionId);
            units += counts == null ? 0 : counts[0];
            errors += counts == null ? 0 : counts[1];
        }
        return RecentTraffic.isHealthy(units, errors);
    }

    void write(ByteWriter writer) {
        writer.writeUnsigned(panes);
        for (Map<String, long[]> half : List.of(younger, older)) {
            writer.writeUnsigned(half.size());
            half.forEach((versionId, counts) -> {
                StateCodec.write(versionId, writer);
                writer.writeUnsigned(counts[0]);
                writer.writeUnsigned(counts[1]);
            });
        }
    }

    void read(ByteReader reader) {
        panes = (int) reader.readUnsigned();
        for (Map<String, long[]> half : List.of(younger, older)) {
            long size = reader.readUnsigned();
            for (long i = 0; i < size; i++) {
                String versionId = StateCodec.read(reader);
                half.put(versionId, new long[] {reader.readUnsigned(), reader.readUnsigned()});
            }
        }
    }
}
