package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.Rule;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.source.KafkaControlFeed;
import io.tidemark.jobs.source.RegistryFactory;
import java.util.List;
import java.util.Properties;

/** Rules from their topic; it is looked at again at every tick. */
final class KafkaRuleFeed implements RuleFeed {

    private final KafkaControlFeed<Rule> rules;

    private KafkaRuleFeed(KafkaControlFeed<Rule> rules) {
        this.rules = rules;
    }

    /** A feed of the rules of a run; the empty name is live traffic. */
    static KafkaRuleFeed open(Properties properties, RegistryFactory registry, String run) {
        return new KafkaRuleFeed(KafkaControlFeed.open(properties, registry, TopicCatalogue.RULES, run, Rule.class));
    }

    @Override
    public List<Rule> poll() {
        return rules.poll();
    }

    @Override
    public void close() {
        rules.close();
    }
}
