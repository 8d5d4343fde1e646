package io.tidemark.jobs.embedding.drift;

import io.tidemark.jobs.drift.BaselineFeed;
import io.tidemark.jobs.drift.DriftTest;
import io.tidemark.jobs.drift.DriftWindows;
import io.tidemark.jobs.embedding.EmbeddingConfig;
import io.tidemark.jobs.embedding.ScoredText;
import io.tidemark.jobs.embedding.TokenisedText;
import io.tidemark.jobs.source.AdmittedTrace;
import io.tidemark.jobs.windows.SliceLattice;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The part of the drift job that looks at texts: from traces to tests of their embeddings. */
public final class EmbeddingBranch {

    /** Slots of operators that hold a backend: a GPU is not shared with other work. */
    private static final String GPU_GROUP = "gpu";

    private EmbeddingBranch() {}

    /**
     * Embeds sampled texts.
     *
     * @param traces directly behind the trace source
     */
    public static DataStream<ScoredText> embed(
            DataStream<AdmittedTrace> traces, EmbeddingConfig config, DriftWindows windows) {
        letBarriersOvertake(traces.getExecutionEnvironment());
        var tokenised = traces.transform(
                        "tokenise",
                        TokenisedText.TYPE,
                        config.tokenise(windows.shortestMillis(), windows.originMillis()))
                .uid("embedding-tokenise");
        var scored = tokenised
                .rebalance()
                .transform("embed", ScoredText.TYPE, config.operator())
                .uid("embedding-embed")
                .setParallelism(config.parallelism());
        if (config.isOnGpu()) {
            scored.slotSharingGroup(GPU_GROUP);
        }
        return scored;
    }

    /**
     * Tests what was embedded. Its tests end with the watermark of their window, as those of the job's other branches do.
     *
     * @param baselines published baselines; one with a time range learns from the texts of that range
     */
    public static DataStream<DriftTest> tests(
            DataStream<ScoredText> scored,
            EmbeddingConfig config,
            DriftWindows windows,
            SliceLattice lattice,
            BaselineFeed.Factory baselines) {
        return scored.transform(
                        "embedding-windows",
                        DriftTest.TYPE,
                        new EmbeddingWindows(config.dimensions(), windows, lattice, baselines))
                .uid("embedding-windows")
                .setParallelism(1)
                .slotSharingGroup("default");
    }

    /**
     * Lets checkpoints pass what waits for the backend: a buffer of small records is seconds of its work. What is passed is part
     * of the checkpoint, as token ids.
     */
    public static void letBarriersOvertake(StreamExecutionEnvironment environment) {
        environment.getCheckpointConfig().enableUnalignedCheckpoints();
    }
}
