package io.tidemark.consumers.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.consumers.target.Json;
import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.WindowRow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * One rollback that is being watched. A minute is good when the version that was gone back to shows the measure near its expected value,
 * and the candidate has no traffic in it.
 */
final class Incident {

    private static final int MINUTE_SECONDS = 60;
    private static final String EVERY_TENANT = "*";

    private final Action done;
    private final RecoverySettings settings;
    private final WatchedMeasure measure;
    private final OptionalDouble observed;
    private final OptionalDouble expected;
    private final TreeMap<Instant, Boolean> minutes = new TreeMap<>();
    private final Set<Instant> withCandidate = new HashSet<>();
    private final Set<Instant> healthy = new HashSet<>();

    Incident(Action done, RecoverySettings settings) {
        this.done = done;
        this.settings = settings;
        JsonNode evidence = Json.object(done.getEvidence() == null ? "" : done.getEvidence());
        this.measure = new WatchedMeasure(evidence.path("measure").asText(""));
        this.observed = number(evidence.path("observed"));
        this.expected = number(evidence.path("expected"));
    }

    Action done() {
        return done;
    }

    /** Whether minutes from before the incident are needed to judge those after it. */
    boolean needsHistory() {
        return measure.needsHistory();
    }

    /** Takes a row of the windows in, if it is about this rollback. */
    void take(WindowRow row) {
        if (row.getWindowSeconds() != MINUTE_SECONDS || !isOfTenant(row) || row.getRole() == TrafficRole.SHADOW) {
            return;
        }
        Instant start = row.getWindowStart();
        if (start.isBefore(done.getEventTime())) {
            learn(row);
            return;
        }
        if (row.getVersionId() != null
                && row.getVersionId().equals(done.getCandidateVersionId())
                && row.getRequests() > 0) {
            withCandidate.add(start);
        }
        if (isRollbackTarget(row)) {
            minutes.putIfAbsent(start, isGood(row));
        }
    }

    /** Only minutes that were over before anything was wrong say what is normal; a first row of each is enough. */
    private void learn(WindowRow row) {
        Instant end = row.getWindowStart().plusSeconds(MINUTE_SECONDS);
        boolean isBefore = done.getOnsetTime() != null && !end.isAfter(done.getOnsetTime());
        if (isBefore && isRollbackTarget(row) && healthy.add(row.getWindowStart())) {
            measure.learn(row);
        }
    }

    private boolean isRollbackTarget(WindowRow row) {
        return row.getVersionId() != null && row.getVersionId().equals(done.getRollbackVersionId());
    }

    /** End of the first of the good minutes in a row; empty when there are too few. The newest minute may still be incomplete. */
    java.util.Optional<Instant> recoveredAt() {
        int run = 0;
        Instant first = null;
        for (Instant minute : minutes.isEmpty()
                ? minutes.keySet()
                : minutes.headMap(minutes.lastKey()).keySet()) {
            boolean isGood = minutes.get(minute) && !withCandidate.contains(minute);
            run = isGood ? run + 1 : 0;
            first = run == 1 ? minute.plusSeconds(MINUTE_SECONDS) : first;
            if (run == settings.goodMinutes()) {
                return java.util.Optional.of(first);
            }
        }
        return java.util.Optional.empty();
    }

    /** Whether event time, or the clock, has passed the deadline. */
    boolean isOverdue(Instant now) {
        boolean inEventTime = !minutes.isEmpty()
                && minutes.lastKey().isAfter(done.getEventTime().plus(settings.within()));
        return inEventTime
                || now.isAfter(done.getRecordedTime().plus(settings.within()).plus(Duration.ofMinutes(2)));
    }

    /** What was seen, for people. */
    String seen() {
        long good = minutes.values().stream().filter(each -> each).count();
        return "%d minutes of the version that was gone back to were seen, %d of them good; the candidate had traffic in %d"
                .formatted(minutes.size(), good, withCandidate.size());
    }

    private boolean isOfTenant(WindowRow row) {
        boolean every = done.getTenant().equals(EVERY_TENANT);
        return every
                ? row.getSliceLevel().equals("version")
                : row.getSliceLevel().equals("tenant_version")
                        && done.getTenant().equals(row.getTenant());
    }

    /** Without a known expectation any minute with traffic is good: there is nothing to compare it with. */
    private boolean isGood(WindowRow row) {
        if (row.getRequests() == 0) {
            return false;
        }
        if (observed.isEmpty() || expected.isEmpty() || !measure.isComparable()) {
            return true;
        }
        OptionalDouble value = measure.value(row);
        double excess = observed.getAsDouble() - expected.getAsDouble();
        return value.isPresent()
                && (value.getAsDouble() - expected.getAsDouble()) * Math.signum(excess)
                        <= settings.excessLeft() * Math.abs(excess);
    }

    private static OptionalDouble number(JsonNode node) {
        return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
    }
}
