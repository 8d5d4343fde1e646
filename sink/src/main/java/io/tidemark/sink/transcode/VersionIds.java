package io.tidemark.sink.transcode;

import io.tidemark.contracts.VersionTuple;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Identities of version tuples, remembered: a hash for each trace would cost more than the rest of its row. */
public final class VersionIds {

    private static final int REMEMBERED = 10_000;

    private final Map<List<String>, byte[]> known = new HashMap<>();

    /**
     * Identity of a tuple as UTF-8 bytes.
     *
     * @throws IllegalArgumentException naming the component that its contract forbids
     */
    synchronized byte[] of(List<String> components) {
        byte[] id = known.get(components);
        if (id == null) {
            id = compute(components);
            if (known.size() >= REMEMBERED) {
                known.clear();
            }
            known.put(List.copyOf(components), id);
        }
        return id;
    }

    private static byte[] compute(List<String> c) {
        VersionTuple tuple = new VersionTuple(c.get(0), c.get(1), c.get(2), c.get(3), c.get(4), c.get(5), c.get(6));
        return tuple.versionId().getBytes(StandardCharsets.UTF_8);
    }
}
