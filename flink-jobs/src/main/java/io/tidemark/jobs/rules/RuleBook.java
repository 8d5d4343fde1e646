package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.Rule;
import io.tidemark.jobs.rules.model.AlertRule;
import io.tidemark.jobs.rules.model.InvalidRuleException;
import io.tidemark.jobs.rules.model.RuleParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules in force at each time. A version that cannot be read is refused, and the one before it stays in force; so a
 * mistake never switches an alarm off.
 */
final class RuleBook {

    private static final Logger LOG = LoggerFactory.getLogger(RuleBook.class);

    private final RuleParser parser;
    private final Map<String, TreeMap<Long, Entry>> versions = new TreeMap<>();
    private List<Published> current = List.of();
    private long validUntilMillis = Long.MIN_VALUE;
    private long validFromMillis = Long.MAX_VALUE;
    private long refused;

    /**
     * A rule with what its signals say about it.
     *
     * @param rule the rule
     * @param version its version
     * @param hash hash of its text
     */
    record Published(AlertRule rule, int version, String hash) {}

    /** A version; without a rule when it ends the rule. */
    private record Entry(Published published) {}

    RuleBook(RuleParser parser) {
        this.parser = parser;
    }

    /** Number of versions that could not be read. */
    long refused() {
        return refused;
    }

    void add(Rule version) {
        try {
            AlertRule rule = version.getRetired() ? null : parser.parse(version.getRuleId(), version.getDocument());
            Entry entry = new Entry(rule == null ? null : new Published(rule, version.getVersion(), version.getHash()));
            long effectiveMillis = version.getEffectiveTime().toEpochMilli();
            versions.computeIfAbsent(version.getRuleId(), unused -> new TreeMap<>())
                    .put(effectiveMillis, entry);
            validUntilMillis = Long.MIN_VALUE;
        } catch (InvalidRuleException e) {
            refused++;
            LOG.error(
                    "version {} of rule {} is refused and the one before it stays in force: {}",
                    version.getVersion(),
                    version.getRuleId(),
                    e.getMessage());
        }
    }

    /** The rules in force at a time, in the order of their ids. */
    List<Published> at(long timeMillis) {
        if (timeMillis < validFromMillis || timeMillis >= validUntilMillis) {
            find(timeMillis);
        }
        return current;
    }

    private void find(long timeMillis) {
        List<Published> inForce = new ArrayList<>();
        long until = Long.MAX_VALUE;
        for (TreeMap<Long, Entry> rule : versions.values()) {
            Map.Entry<Long, Entry> entry = rule.floorEntry(timeMillis);
            if (entry != null && entry.getValue().published() != null) {
                inForce.add(entry.getValue().published());
            }
            Long next = rule.higherKey(timeMillis);
            until = next == null ? until : Math.min(until, next);
        }
        current = List.copyOf(inForce);
        validFromMillis = timeMillis;
        validUntilMillis = until;
    }
}
