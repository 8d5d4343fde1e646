package io.tidemark.jobs.canary;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Rollout;
import io.tidemark.contracts.avro.RolloutState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything that the releases topic says, by release. It is built anew from the beginning of the topic on each start, so it
 * is no state of the job.
 */
final class ReleaseBook {

    private static final int MOST_FALLBACKS = 3;

    private final Map<String, Entry> byId = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();

    /** One rollout over time. */
    private static final class Entry {
        private final RolloutPlan plan;
        private final TreeMap<Long, Integer> steps = new TreeMap<>();
        private long endMillis = Long.MAX_VALUE;
        private boolean promoted;
        private long warmUntilMillis = Long.MAX_VALUE;

        Entry(RolloutPlan plan) {
            this.plan = plan;
        }
    }

    /**
     * Takes an event in; one that was taken in before changes nothing.
     *
     * @return whether anything changed
     * @throws IllegalArgumentException when a rollout cannot be watched; the message says why
     */
    boolean add(Release release) {
        Rollout rollout = release.getRollout();
        boolean isNew = release.getEventId().isEmpty() || seen.add(release.getEventId());
        if (rollout == null || !isNew) {
            return false;
        }
        long millis = release.getEventTime().toEpochMilli();
        if (rollout.getState() == RolloutState.STARTED) {
            Entry entry = new Entry(RolloutPlan.of(release.getTenant(), rollout, release.getEventTime()));
            entry.steps.put(millis, rollout.getStep());
            return byId.putIfAbsent(rollout.getReleaseId(), entry) == null;
        }
        Entry entry = byId.get(rollout.getReleaseId());
        if (entry == null) {
            throw new IllegalArgumentException("%s of release '%s', which was never started"
                    .formatted(rollout.getState(), rollout.getReleaseId()));
        }
        apply(entry, rollout, millis);
        return true;
    }

    private static void apply(Entry entry, Rollout rollout, long millis) {
        switch (rollout.getState()) {
            case STEPPED -> entry.steps.put(millis, rollout.getStep());
            case PROMOTED -> {
                entry.promoted = true;
                entry.endMillis = Math.min(entry.endMillis, millis);
                entry.warmUntilMillis = rollout.getWarmUntil() == null
                        ? Long.MAX_VALUE
                        : rollout.getWarmUntil().toEpochMilli();
            }
            case ROLLED_BACK, ABORTED -> entry.endMillis = Math.min(entry.endMillis, millis);
            case UNKNOWN, STARTED -> {
                // nothing that changes a rollout that runs
            }
        }
    }

    Collection<RolloutPlan> plans() {
        return byId.values().stream().map(entry -> entry.plan).toList();
    }

    RolloutPlan plan(String releaseId) {
        Entry entry = byId.get(releaseId);
        return entry == null ? null : entry.plan;
    }

    /** Whether a rollout runs during a pane. */
    boolean isActive(String releaseId, long paneStartMillis) {
        Entry entry = byId.get(releaseId);
        return entry != null && paneStartMillis >= entry.plan.startMillis() && paneStartMillis < entry.endMillis;
    }

    /** When a rollout ended; the end of time while it runs. */
    long endMillis(String releaseId) {
        Entry entry = byId.get(releaseId);
        return entry == null ? Long.MIN_VALUE : entry.endMillis;
    }

    /** Step of the ladder at a time, and since when. */
    Map.Entry<Long, Integer> step(String releaseId, long millis) {
        Entry entry = byId.get(releaseId);
        Map.Entry<Long, Integer> step = entry.steps.floorEntry(millis);
        return step == null ? entry.steps.firstEntry() : step;
    }

    /**
     * Tuples to fall back to when a rollout's control is bad too, nearest first: the controls of the promotions that led to
     * it, as long as they are warm.
     */
    List<VersionTuple> fallbacks(RolloutPlan plan, long nowMillis) {
        Map<VersionTuple, Entry> promotions = new HashMap<>();
        for (Entry entry : byId.values()) {
            if (entry.promoted && entry.plan.tenant().equals(plan.tenant()) && entry.endMillis <= nowMillis) {
                promotions.put(entry.plan.candidate(), entry);
            }
        }
        List<VersionTuple> fallbacks = new ArrayList<>();
        Entry previous = promotions.get(plan.control());
        while (previous != null && fallbacks.size() < MOST_FALLBACKS && previous.warmUntilMillis >= nowMillis) {
            VersionTuple control = previous.plan.control();
            if (fallbacks.contains(control) || control.equals(plan.control()) || control.equals(plan.candidate())) {
                break;
            }
            fallbacks.add(control);
            previous = promotions.get(control);
        }
        return fallbacks;
    }
}
