package io.tidemark.jobs.review;

import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.source.RegistryFactory;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The way from proposals to the topic. A reason is proposed by one job only: so its quota holds over all of them. */
public final class ReviewQueue {

    private ReviewQueue() {}

    /**
     * Attaches the quota.
     *
     * @param job name of the job, for the name of its state
     * @param topic name of the topic that is written
     */
    public static DataStream<OutputRecord> attach(
            DataStream<Proposal> proposals,
            String job,
            ReviewSettings settings,
            RegistryFactory registry,
            String topic) {
        return proposals
                .keyBy(Proposal::queue, Types.STRING)
                .process(new ReviewQuota(settings), Admission.TYPE)
                .uid(job + "-review-quota")
                .name("review-quota")
                .map(new ReviewRecords(registry, topic))
                .returns(OutputRecord.TYPE)
                .uid(job + "-review-records")
                .name("review-records");
    }
}
