package io.tidemark.benchmarks.actions;

import io.tidemark.consumers.audit.TopicReader;
import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.ActionPhase;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills the lifecycle and both consumers at random points while decisions flow, and then counts: how many distinct decisions reached a
 * target, how many reached it again, and whether the audit has each from its intent to its end.
 */
public final class KillRun {

    private static final int DECISIONS_A_KILL = 4;
    private static final int LONGEST_WAIT_MILLIS = 4_000;
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    private final String bootstrapServers;
    private final String registryUrl;
    private final Path folder;
    private final Clock clock;

    public KillRun(String bootstrapServers, String registryUrl, Path folder, Clock clock) {
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * What was counted.
     *
     * @param decisions decisions that were sent
     * @param kills processes that were killed
     * @param effects distinct decisions that had an effect
     * @param repetitions effects beyond the first of a decision
     * @param audited decisions whose audit goes from INTENDED to DONE
     */
    public record Count(int decisions, int kills, long effects, long repetitions, long audited) {}

    /** Kills so many times, one process after the other. */
    public Count execute(int kills, long seed) {
        Random random = new Random(seed);
        String series = "kill-" + seed;
        int numbers = kills * DECISIONS_A_KILL / 2;
        try (RecordingServer server = RecordingServer.start(clock);
                ActionChain chain = new ActionChain(bootstrapServers, registryUrl, server, numbers, folder);
                TopicReader<Action> audit = new TopicReader<>(
                        chain.kafka(), chain.registry(), TopicCatalogue.ACTIONS.name(), Action.class)) {
            int number = 0;
            for (int kill = 0; kill < kills; kill++) {
                for (int each = 0; each < DECISIONS_A_KILL / 2; each++, number++) {
                    chain.send(Decisions.rollback(series, number, clock.instant()));
                    chain.send(Decisions.retrain(series, number, clock.instant()));
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_WAIT_MILLIS)));
                chain.killAndRestart(kill % chain.size());
            }
            Map<String, Set<ActionPhase>> phases = awaitAll(audit, 2 * numbers);
            return count(2 * numbers, kills, server, phases);
        }
    }

    private Map<String, Set<ActionPhase>> awaitAll(TopicReader<Action> audit, int decisions) {
        Map<String, Set<ActionPhase>> phases = new HashMap<>();
        Instant end = clock.instant().plus(DEADLINE);
        while (ended(phases) < decisions && clock.instant().isBefore(end)) {
            for (TopicReader.Timed<Action> each : audit.poll(Duration.ofMillis(200))) {
                phases.computeIfAbsent(each.value().getDecisionId(), id -> EnumSet.noneOf(ActionPhase.class))
                        .add(each.value().getPhase());
            }
        }
        return phases;
    }

    private static long ended(Map<String, Set<ActionPhase>> phases) {
        return phases.values().stream()
                .filter(each -> each.containsAll(Set.of(ActionPhase.INTENDED, ActionPhase.DONE)))
                .count();
    }

    private static Count count(int decisions, int kills, RecordingServer server, Map<String, Set<ActionPhase>> phases) {
        Set<String> distinct = new HashSet<>();
        server.deliveries().forEach(each -> distinct.add(each.decisionId()));
        long repetitions = server.deliveries().size() - distinct.size();
        return new Count(decisions, kills, distinct.size(), repetitions, ended(phases));
    }
}
