package io.tidemark.jobs.source;

import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.contracts.trace.Dimension;
import java.io.Serializable;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;

/**
 * How a job reads traces.
 *
 * @param run name of the replay run; empty for live traffic
 * @param job name of the job: its consumer group, and the prefix of its operators' ids
 * @param consumer properties of the Kafka consumer
 * @param registry connects to the schema registry
 * @param keyDimensions dimensions that the job slices by
 * @param outOfOrderness how far behind its partition's highest time a trace is still on time
 * @param allowedLateness how much later than that it still counts
 * @param maximumSkew how far ahead of its append time a trace may lie
 * @param duplicateHorizon how long an inference id is remembered, in event time; zero for not at all
 * @param idleness live traffic only: after how much wall time without a record a partition no longer holds time back
 * @param alignmentDrift replay only: how far a partition may run ahead of the slowest one, in event time
 * @param priceFile price table; empty for the one that Tidemark brings along
 */
public record TraceSourceConfig(
        String run,
        String job,
        Properties consumer,
        RegistryFactory registry,
        Set<Dimension> keyDimensions,
        Duration outOfOrderness,
        Duration allowedLateness,
        Duration maximumSkew,
        Duration duplicateHorizon,
        Duration idleness,
        Duration alignmentDrift,
        String priceFile)
        implements Serializable {

    /** Whether this reads live traffic. */
    public boolean isLive() {
        return run.isEmpty();
    }

    /** Name of the job with its run. */
    public String jobName() {
        return isLive() ? job : job + "." + run;
    }

    String tracesTopic() {
        return TopicCatalogue.TRACES.nameInRun(run);
    }

    String lateTopic() {
        return TopicCatalogue.LATE.nameInRun(run);
    }

    String progressTopic() {
        return TopicCatalogue.PROGRESS.nameInRun(run);
    }
}
