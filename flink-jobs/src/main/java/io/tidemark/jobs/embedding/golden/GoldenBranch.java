package io.tidemark.jobs.embedding.golden;

import io.tidemark.jobs.embedding.ScoredText;
import io.tidemark.jobs.review.ReviewSettings;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.source.RegistryFactory;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The part of the drift job that chooses candidates for golden sets: from vectors to requests for a review. */
public final class GoldenBranch {

    private GoldenBranch() {}

    /**
     * Attaches the branch.
     *
     * @param originMillis a time at which weeks begin, milliseconds since the epoch
     * @param topic name of the topic that is written
     */
    public static DataStream<OutputRecord> attach(
            DataStream<ScoredText> texts,
            ReviewSettings settings,
            long originMillis,
            RegistryFactory registry,
            String topic) {
        return texts.keyBy(GoldenSelector::key, Types.STRING)
                .process(new GoldenSelector(settings.goldenWeekly(), originMillis), GoldenChoice.TYPE)
                .uid("golden-selector")
                .name("golden-selector")
                .slotSharingGroup("default")
                .map(new GoldenReviews(registry, topic))
                .returns(OutputRecord.TYPE)
                .uid("golden-reviews")
                .name("golden-reviews");
    }
}
