package io.tidemark.benchmarks.embedding;

import io.tidemark.jobs.embedding.BackendFactory;
import io.tidemark.jobs.embedding.BatchSettings;
import io.tidemark.jobs.embedding.EmbeddingOperatorFactory;
import io.tidemark.jobs.embedding.ScoredText;
import io.tidemark.jobs.embedding.TokenisedText;
import io.tidemark.jobs.embedding.drift.EmbeddingBranch;
import io.tidemark.jobs.runtime.JobSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsStatus;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The embedding operator in a running Flink job, behind a source that is always ahead of it. */
final class OperatorJob implements AutoCloseable {

    private static final int REMEMBERED_CHECKPOINTS = 100_000;

    private final MiniCluster cluster;
    private final Path directory;

    OperatorJob(Path directory) throws Exception {
        this.directory = directory;
        org.apache.flink.configuration.Configuration flink = new org.apache.flink.configuration.Configuration();
        flink.set(TaskManagerOptions.BUFFER_DEBLOAT_ENABLED, true);
        flink.set(WebOptions.CHECKPOINTS_HISTORY_SIZE, REMEMBERED_CHECKPOINTS);
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .setConfiguration(flink)
                .withRandomPorts()
                .build());
        cluster.start();
    }

    /**
     * Embeds so many texts.
     *
     * @return how long each checkpoint took that was begun while the source still had texts, in milliseconds, shortest first: the
     *     last one of a bounded source waits until the operator has embedded all, by Flink's rules and whatever the operator does
     */
    long[] run(TokenTexts texts, long count, BackendFactory backends, BatchSettings batches) throws Exception {
        Path state = Files.createTempDirectory(directory, "state-");
        JobSettings settings = new JobSettings(state, Duration.ofMillis(500), 1, "hashmap");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings.toFlink());
        environment.setParallelism(1);
        EmbeddingBranch.letBarriersOvertake(environment);
        environment
                .fromSequence(0, count - 1)
                .map(texts)
                .returns(TokenisedText.TYPE)
                .rebalance()
                .transform("embed", ScoredText.TYPE, new EmbeddingOperatorFactory(backends, batches))
                .filter(text -> {
                    Arrivals.add(1, text.isScored());
                    return false;
                })
                .sinkTo(new DiscardingSink<>());
        JobID job = cluster.submitJob(environment.getStreamGraph().getJobGraph())
                .get()
                .getJobID();
        cluster.requestJobResult(job).get().toJobExecutionResult(OperatorJob.class.getClassLoader());
        return cluster.getExecutionGraph(job).get().getCheckpointStatsSnapshot().getHistory().getCheckpoints().stream()
                .filter(checkpoint -> checkpoint.getStatus() == CheckpointStatsStatus.COMPLETED)
                .filter(checkpoint -> checkpoint.getTriggerTimestamp() < Arrivals.lastSentMillis())
                .mapToLong(AbstractCheckpointStats::getEndToEndDuration)
                .sorted()
                .toArray();
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
