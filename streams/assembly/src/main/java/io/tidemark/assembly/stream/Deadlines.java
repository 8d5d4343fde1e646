package io.tidemark.assembly.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;

/** When each trace is due. Kept beside the store, from which it is made again after a restart. */
final class Deadlines {

    private record Due(long atMillis, Bytes key) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : key.compareTo(other.key);
        }
    }

    private final Map<Bytes, Due> byKey = new HashMap<>();
    private final TreeSet<Due> byTime = new TreeSet<>();

    /** Sets or moves a deadline. */
    void set(Bytes key, long atMillis) {
        remove(key);
        Due due = new Due(atMillis, key);
        byKey.put(key, due);
        byTime.add(due);
    }

    void remove(Bytes key) {
        Due due = byKey.remove(key);
        if (due != null) {
            byTime.remove(due);
        }
    }

    /** The key that is due first, if it is due by now. */
    Optional<Bytes> due(long nowMillis) {
        return !byTime.isEmpty() && byTime.first().atMillis() <= nowMillis ? first() : Optional.empty();
    }

    /** The key that is due first. */
    Optional<Bytes> first() {
        return byTime.isEmpty() ? Optional.empty() : Optional.of(byTime.first().key());
    }

    int size() {
        return byKey.size();
    }
}
