package io.tidemark.consumers.decision;

import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.ActionPhase;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the audit says about the decisions of one kind. It is the only memory of a consumer, so a restart forgets nothing. */
public final class Ledger {

    private final String kind;
    private final boolean watches;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * A decision, as its records tell.
     *
     * @param last its newest record
     * @param acted when it was acted on, or was about to be; empty when it was only refused
     */
    public record Entry(Action last, Optional<Instant> acted) {

        /** Whether it was intended and nothing says how it ended. */
        boolean isIntended() {
            return last.getPhase() == ActionPhase.INTENDED;
        }

        boolean isDone() {
            return last.getPhase() == ActionPhase.DONE;
        }
    }

    /** @param watches whether what was done is under way until somebody has seen that it works */
    public Ledger(String kind, boolean watches) {
        this.kind = kind;
        this.watches = watches;
    }

    /** Takes a record of the audit in; those of other kinds are none of its business. */
    public void add(Action action) {
        if (!action.getKind().equals(kind)) {
            return;
        }
        Entry before = entries.get(action.getDecisionId());
        Optional<Instant> acted = before == null ? Optional.empty() : before.acted();
        if (acted.isEmpty() && action.getPhase() == ActionPhase.INTENDED) {
            acted = Optional.of(action.getRecordedTime());
        }
        entries.put(action.getDecisionId(), new Entry(action, acted));
    }

    /** Whether a decision has ended, one way or another, or waits for a person. */
    public boolean isSettled(String decisionId) {
        return entries.containsKey(decisionId) && !entries.get(decisionId).isIntended();
    }

    /** Whether a decision was begun and may or may not have been carried out. */
    public boolean isBegun(String decisionId) {
        return entries.containsKey(decisionId) && entries.get(decisionId).isIntended();
    }

    /** Whether a decision waits for approval. */
    public boolean isAwaitingApproval(String decisionId) {
        return entries.containsKey(decisionId)
                && entries.get(decisionId).last().getPhase() == ActionPhase.AWAITING_APPROVAL;
    }

    /** The newest record of a decision. */
    public Optional<Action> last(String decisionId) {
        return Optional.ofNullable(entries.get(decisionId)).map(Entry::last);
    }

    /** Records of what was done and is being watched. */
    public List<Action> watched() {
        return entries.values().stream()
                .filter(this::isWatched)
                .map(Entry::last)
                .toList();
    }

    /** Another decision on the same scope that is under way: begun, or done and not yet seen to work. */
    Optional<Action> inFlight(Decision decision) {
        return entries.values().stream()
                .filter(each -> each.isIntended() || isWatched(each))
                .map(Entry::last)
                .filter(last -> last.getScope().equals(decision.scope()))
                .filter(last -> !last.getDecisionId().equals(decision.id()))
                .findFirst();
    }

    /** When the scope was last acted on. */
    Optional<Instant> lastActed(String scope) {
        return acted(each -> each.last().getScope().equals(scope)).stream().max(Instant::compareTo);
    }

    /** How often the scope was acted on since a time. */
    long actedSince(String scope, Instant since) {
        return acted(each -> each.last().getScope().equals(scope)).stream()
                .filter(at -> at.isAfter(since))
                .count();
    }

    /** How often anything was acted on since a time. */
    long actedSince(Instant since) {
        return acted(each -> true).stream().filter(at -> at.isAfter(since)).count();
    }

    /** Whether it was done, and nobody has seen yet whether it works. */
    private boolean isWatched(Entry entry) {
        return watches && entry.isDone();
    }

    private Collection<Instant> acted(java.util.function.Predicate<Entry> which) {
        return entries.values().stream()
                .filter(which)
                .flatMap(each -> each.acted().stream())
                .toList();
    }
}
