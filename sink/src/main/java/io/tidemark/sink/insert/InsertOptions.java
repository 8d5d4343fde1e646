package io.tidemark.sink.insert;

import java.util.HashMap;
import java.util.Map;

/** Server settings that every insert needs. */
final class InsertOptions {

    private InsertOptions() {}

    /** Those of {@link #ofEveryInsert}, and the token of one. */
    static Map<String, String> of(Target target, String token) {
        Map<String, String> options = ofEveryInsert(target);
        options.put("insert_deduplication_token", token);
        return options;
    }

    /**
     * Synchronous, so that an answer means a commit; deduplicated by token; and with no limit on the partitions of one
     * block, because a replay brings many days at once.
     */
    static Map<String, String> ofEveryInsert(Target target) {
        Map<String, String> options = new HashMap<>();
        options.put("async_insert", "0");
        options.put("wait_end_of_query", "1");
        options.put("insert_deduplicate", "1");
        options.put("max_partitions_per_insert_block", "0");
        options.put("throw_on_max_partitions_per_insert_block", "0");
        // merging equal keys inside a block before it is stored costs four times the insert; FINAL and merges do it
        // anyway
        options.put("optimize_on_insert", "0");
        // one block in, one block stored: the token then stands for the same rows at each attempt
        options.put("max_insert_block_size", "10000000");
        options.put("min_insert_block_size_rows", "0");
        options.put("min_insert_block_size_bytes", "0");
        options.put("input_format_native_allow_types_conversion", "1");
        options.putAll(target.settings());
        return options;
    }
}
