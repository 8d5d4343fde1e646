package io.tidemark.benchmarks.sink;

import io.tidemark.sink.column.NativeBlock;
import io.tidemark.sink.insert.InsertPath;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The insert path of the sink without the sink: blocks that are ready, or that are made as they are asked for. */
final class BareInsert {

    private BareInsert() {}

    /**
     * Inserts all blocks into each table, one table after the other; no two calls may have the same name.
     *
     * @param parallel inserts that run at the same time
     */
    static void insert(InsertPath path, List<String> tables, Iterable<NativeBlock> blocks, String name, int parallel) {
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        try {
            List<Future<?>> inserts = new ArrayList<>();
            for (String table : tables) {
                for (NativeBlock block : blocks) {
                    String token = name + "-" + inserts.size();
                    inserts.add(threads.submit(() -> path.insert(table, block, token)));
                }
            }
            for (Future<?> insert : inserts) {
                insert.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("an insert failed: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while inserting", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
