package io.tidemark.jobs.runtime;

import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.metrics.MetricsSettings;
import io.tidemark.platform.process.Lifeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;

/**
 * How a job runs, whatever it computes: in a process of its own, or on a Flink cluster, whose configuration then says where
 * checkpoints lie, how often they are made, what state backend there is, how it restarts and where metrics are shown.
 *
 * @param cluster whether a Flink cluster runs it; only the parallelism is then taken from here
 * @param stateDirectory where checkpoints are kept; a job started again on the same directory goes on from the last one
 * @param checkpointInterval time between checkpoints; rows become visible with them
 * @param parallelism subtasks of each operator
 * @param stateBackend {@code hashmap} for state that fits the heap, {@code rocksdb} beyond
 */
public record JobSettings(
        boolean cluster, Path stateDirectory, Duration checkpointInterval, int parallelism, String stateBackend) {

    /** Highest parallelism that a job can ever be rescaled to; fixed, because it is part of every checkpoint. */
    public static final int MAXIMUM_PARALLELISM = 128;

    private static final ConfigurationKey<Boolean> CLUSTER =
            ConfigurationKey.bool("flink.cluster", false, "a Flink cluster runs the job; its configuration says how");
    private static final ConfigurationKey<String> STATE_DIRECTORY = ConfigurationKey.text(
            "flink.state-directory",
            "",
            "directory of the checkpoints; a new start goes on from it; required but on a cluster");
    private static final ConfigurationKey<Duration> CHECKPOINT_INTERVAL = ConfigurationKey.duration(
            "flink.checkpoint-interval", Duration.ofSeconds(1), Duration.ofMillis(100), "time between checkpoints");
    private static final ConfigurationKey<Integer> PARALLELISM =
            ConfigurationKey.integer("flink.parallelism", 1, 1, MAXIMUM_PARALLELISM, "subtasks of each operator");
    private static final ConfigurationKey<String> STATE_BACKEND = ConfigurationKey.oneOf(
            "flink.state-backend",
            "hashmap",
            Set.of("hashmap", "rocksdb"),
            "rocksdb for state that does not fit the heap");

    /** The keys of a job's process. */
    public static List<ConfigurationKey<?>> keys() {
        List<ConfigurationKey<?>> keys =
                new ArrayList<>(List.of(CLUSTER, STATE_DIRECTORY, CHECKPOINT_INTERVAL, PARALLELISM, STATE_BACKEND));
        keys.addAll(MetricsSettings.keys());
        keys.add(Lifeline.key());
        return keys;
    }

    /** A job in a process of its own. */
    public JobSettings(Path stateDirectory, Duration checkpointInterval, int parallelism, String stateBackend) {
        this(false, stateDirectory, checkpointInterval, parallelism, stateBackend);
    }

    /** The settings of a process. */
    public static JobSettings from(Configuration configuration) {
        boolean cluster = configuration.get(CLUSTER);
        String directory = configuration.get(STATE_DIRECTORY);
        if (cluster != directory.isEmpty()) {
            throw new ConfigurationException("%s = '%s' with %s = '%s': a job has either a directory or a cluster"
                    .formatted(STATE_DIRECTORY.name(), directory, CLUSTER.name(), cluster));
        }
        return new JobSettings(
                cluster,
                Path.of(directory),
                configuration.get(CHECKPOINT_INTERVAL),
                configuration.get(PARALLELISM),
                configuration.get(STATE_BACKEND));
    }

    /**
     * Flink's settings for a process that shows its metrics.
     *
     * @throws IOException when the state directory cannot be read
     */
    public org.apache.flink.configuration.Configuration toFlink(MetricsSettings metrics) throws IOException {
        org.apache.flink.configuration.Configuration flink = toFlink();
        if (!cluster) {
            PrometheusReporterFactory.configure(flink, metrics);
        }
        return flink;
    }

    /**
     * Flink's settings.
     *
     * @throws IOException when the state directory cannot be read
     */
    public org.apache.flink.configuration.Configuration toFlink() throws IOException {
        org.apache.flink.configuration.Configuration flink = invariants();
        if (!cluster) {
            addProcess(flink);
        }
        return flink;
    }

    /** What a job relies on wherever it runs; it is part of every checkpoint, or of what "exactly once" means. */
    private static org.apache.flink.configuration.Configuration invariants() {
        org.apache.flink.configuration.Configuration flink = new org.apache.flink.configuration.Configuration();
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(PipelineOptions.MAX_PARALLELISM, MAXIMUM_PARALLELISM);
        flink.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        return flink;
    }

    private void addProcess(org.apache.flink.configuration.Configuration flink) throws IOException {
        String checkpoints = stateDirectory.toAbsolutePath().toUri().toString();
        flink.set(StateBackendOptions.STATE_BACKEND, stateBackend);
        // most keys that a job looks up are new: without a filter each level of files is read to find that out
        flink.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
        flink.set(RocksDBOptions.USE_PARTITIONED_INDEX_FILTERS, true);
        flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
        flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints);
        flink.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        flink.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 2);
        flink.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofMillis(500));
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(10));
        Optional<Path> latest = LatestCheckpoint.under(stateDirectory);
        latest.ifPresent(path -> flink.set(
                StateRecoveryOptions.SAVEPOINT_PATH,
                path.toAbsolutePath().toUri().toString()));
    }
}
