package io.tidemark.jobs.drift;

import io.tidemark.contracts.avro.Baseline;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.source.KafkaControlFeed;
import io.tidemark.jobs.source.RegistryFactory;
import java.util.List;
import java.util.Properties;

/** Baselines from their topic. */
public final class KafkaBaselineFeed implements BaselineFeed {

    private final KafkaControlFeed<Baseline> baselines;

    private KafkaBaselineFeed(KafkaControlFeed<Baseline> baselines) {
        this.baselines = baselines;
    }

    /** A feed of the baselines of a run; the empty name is live traffic. */
    public static KafkaBaselineFeed open(Properties properties, RegistryFactory registry, String run) {
        return new KafkaBaselineFeed(
                KafkaControlFeed.open(properties, registry, TopicCatalogue.BASELINES, run, Baseline.class));
    }

    @Override
    public List<Baseline> poll() {
        return baselines.poll();
    }

    @Override
    public void close() {
        baselines.close();
    }
}
