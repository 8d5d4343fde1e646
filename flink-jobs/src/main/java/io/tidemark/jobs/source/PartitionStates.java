package io.tidemark.jobs.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The partitions of one subtask. After a restore every subtask holds the state of every partition: Flink does not say
 * which partitions a subtask will read. The subtask that reads a record of a partition claims its state. What nobody has
 * claimed yet is kept by one subtask, by partition number; when that subtask and the new owner both write a partition, the
 * one that has read further counts.
 */
final class PartitionStates {

    private final Map<Integer, PartitionState> claimed = new HashMap<>();
    private final Map<Integer, PartitionState> unclaimed = new HashMap<>();
    private PartitionState last;

    void restore(byte[] bytes) {
        PartitionState state = PartitionState.fromBytes(bytes);
        unclaimed.merge(state.partition, state, (a, b) -> a.lastOffset >= b.lastOffset ? a : b);
    }

    PartitionState of(int partition) {
        if (last == null || last.partition != partition) {
            last = claimed.computeIfAbsent(partition, this::claim);
        }
        return last;
    }

    private PartitionState claim(int partition) {
        PartitionState restored = unclaimed.remove(partition);
        return restored == null ? new PartitionState(partition) : restored;
    }

    Iterable<PartitionState> claimed() {
        return claimed.values();
    }

    List<byte[]> snapshot(int subtask, int parallelism) {
        List<byte[]> records = new ArrayList<>();
        claimed.values().forEach(state -> records.add(state.toBytes()));
        for (PartitionState state : unclaimed.values()) {
            if (state.partition % parallelism == subtask) {
                records.add(state.toBytes());
            }
        }
        return records;
    }

    /** Forgets the fingerprints of partitions that nobody reads, once they are too old to matter. */
    void expireUnclaimed(long watermarkMillis, long horizonMillis) {
        for (PartitionState state : unclaimed.values()) {
            if (state.fingerprints.size() > 0 && state.highestMillis < watermarkMillis - horizonMillis) {
                state.fingerprints.forgetBefore(Integer.MAX_VALUE);
            }
        }
    }
}
