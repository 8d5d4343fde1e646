package io.tidemark.alerts.lifecycle;

import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The rules by which an alert lives.
 *
 * <p>An episode begins with the first breach and is pending until the breach has lasted for the rule's sustain time; then it fires. When
 * the breach is over it keeps firing for the resolve time, and a breach that comes back within it continues the episode
 * (hysteresis). It ends resolved, or expired when its decision has run out or nobody speaks of it any more.
 */
public final class AlertLifecycle {

    private final LifecycleRules rules;

    public AlertLifecycle(LifecycleRules rules) {
        this.rules = rules;
    }

    /**
     * What a signal does.
     *
     * @param current the alert of the signal's rule and slice, open or closed; empty when there is none
     */
    public Transition onSignal(Optional<Alert> current, Signal signal, Silences silences) {
        if (current.isPresent() && !signal.getEventTime().isAfter(current.get().getLastSignalTime())) {
            return Transition.quiet(current.get());
        }
        boolean isOpen = current.isPresent() && AlertStates.isOpen(current.get());
        if (signal.getNoData() && !signal.getBreached() && rules.noData() == NoDataMode.KEEP) {
            return isOpen ? heard(current.get(), signal) : closed(current);
        }
        boolean breached = signal.getBreached() || (signal.getNoData() && rules.noData() == NoDataMode.ALERT);
        if (!breached) {
            return isOpen ? cleared(copy(current.get()), signal) : closed(current);
        }
        if (isOpen) {
            return breachedAgain(copy(current.get()), signal, silences);
        }
        return isExplained(signal) || isOver(current, signal) ? closed(current) : begun(current, signal, silences);
    }

    /**
     * What the passing of time does.
     *
     * @param now event time that has come
     */
    public Transition atTime(Alert current, Instant now, Silences silences) {
        if (!AlertStates.isOpen(current)) {
            boolean forgotten = now.isAfter(current.getEventTime().plus(rules.keepClosed()));
            return forgotten ? Transition.none() : Transition.quiet(current);
        }
        Optional<Instant> over = resolvedAt(current).filter(at -> !at.isAfter(now));
        if (over.isPresent()) {
            return close(copy(current), AlertState.RESOLVED, over.get(), "the breach has stayed over");
        }
        if (current.getExpiresTime() != null && !current.getExpiresTime().isAfter(now)) {
            return close(copy(current), AlertState.EXPIRED, current.getExpiresTime(), "its decision has run out");
        }
        Instant silent = current.getLastSignalTime().plus(rules.expireAfter());
        if (current.getExpiresTime() == null && silent.isBefore(now)) {
            return close(copy(current), AlertState.EXPIRED, silent, "no signal says any more whether it lasts");
        }
        return AlertStates.isLit(current) ? told(copy(current), now, silences) : Transition.quiet(current);
    }

    /** The end of a replay: a breach that was over stays over. */
    public Transition atEnd(Alert current) {
        Optional<Instant> over = AlertStates.isOpen(current) ? resolvedAt(current) : Optional.empty();
        return over.isPresent()
                ? close(copy(current), AlertState.RESOLVED, over.get(), "the breach was over at the end of the replay")
                : Transition.quiet(current);
    }

    private Transition begun(Optional<Alert> closed, Signal signal, Silences silences) {
        Alert alert = Episodes.begin(signal);
        closed.filter(old -> old.getAlertId().equals(alert.getAlertId())).ifPresent(old -> {
            alert.setSequence(old.getSequence());
            alert.setFiredTime(old.getFiredTime());
        });
        return lastsLongEnough(alert, signal)
                ? fire(alert, silences)
                : Transition.event(alert, "fires when it has lasted %d s".formatted(alert.getSustainSeconds()));
    }

    private Transition breachedAgain(Alert alert, Signal signal, Silences silences) {
        Episodes.update(alert, signal);
        alert.setClearedTime(null);
        if (Episodes.isCommand(signal) && !signal.getDecisionId().equals(alert.getDecisionId())) {
            Episodes.decide(alert, signal);
            alert.setState(AlertState.FIRING);
            return Transition.event(alert, signal.getSummary());
        }
        if (alert.getState() == AlertState.PENDING) {
            return lastsLongEnough(alert, signal) && !isExplained(signal)
                    ? fire(alert, silences)
                    : Transition.quiet(alert);
        }
        if (isExplained(signal) && alert.getParent() == null) {
            alert.setParent(SliceKey.of(signal.getParent()));
            alert.setState(AlertState.SUPPRESSED);
            return Transition.event(alert, "explained by the alert of " + alert.getParent());
        }
        if (!isExplained(signal)) {
            alert.setParent(null);
        }
        return told(alert, signal.getEventTime(), silences);
    }

    private static Transition cleared(Alert alert, Signal signal) {
        Instant time = signal.getEventTime();
        alert.setLastSignalTime(time);
        if (alert.getState() == AlertState.PENDING) {
            return close(alert, AlertState.RESOLVED, time, "the breach ended before it had lasted long enough");
        }
        if (alert.getClearedTime() == null) {
            alert.setClearedTime(time);
        }
        Instant resolved = alert.getClearedTime().plusSeconds(alert.getResolveSeconds());
        return resolved.isAfter(time)
                ? Transition.quiet(alert)
                : close(alert, AlertState.RESOLVED, resolved, "the breach has stayed over");
    }

    private Transition fire(Alert alert, Silences silences) {
        if (alert.getFiredTime() == null) {
            alert.setFiredTime(alert.getEventTime());
        }
        alert.setNotifiedTime(alert.getEventTime());
        Optional<Silence> silence = silences.silencing(alert, alert.getEventTime());
        if (silence.isPresent()) {
            return silenced(alert, silence.get());
        }
        alert.setState(AlertState.FIRING);
        return Transition.event(alert, "the breach has lasted long enough");
    }

    /** Silences, acknowledgements and reminders of an alert that fires. */
    private Transition told(Alert alert, Instant now, Silences silences) {
        Optional<Silence> silence = silences.silencing(alert, now);
        if (silence.isPresent() && alert.getState() == AlertState.FIRING) {
            alert.setEventTime(now);
            return silenced(alert, silence.get());
        }
        if (alert.getState() == AlertState.SUPPRESSED && silence.isEmpty() && alert.getParent() == null) {
            alert.setState(AlertState.FIRING);
            alert.setSilenceId(null);
            alert.setEventTime(now);
            return Transition.event(alert, "it is no longer suppressed and still lasts");
        }
        Optional<Silence> acknowledged = silences.acknowledgement(alert);
        if (acknowledged.isPresent() && alert.getAcknowledgedBy() == null) {
            alert.setAcknowledgedBy(acknowledged.get().getActor());
            alert.setEventTime(now);
            return Transition.event(alert, "acknowledged: " + acknowledged.get().getReason());
        }
        return reminded(alert, now);
    }

    private Transition reminded(Alert alert, Instant now) {
        Duration since = Duration.between(alert.getNotifiedTime(), now);
        if (alert.getState() != AlertState.FIRING
                || alert.getAcknowledgedBy() != null
                || alert.getClearedTime() != null
                || since.compareTo(rules.remindAfter()) < 0) {
            return Transition.quiet(alert);
        }
        alert.setNotifiedTime(alert.getNotifiedTime().plus(rules.remindAfter()));
        alert.setEventTime(alert.getNotifiedTime());
        return Transition.event(alert, "it still fires, and nobody has acknowledged it");
    }

    private static Transition silenced(Alert alert, Silence silence) {
        alert.setState(AlertState.SUPPRESSED);
        alert.setSilenceId(silence.getSilenceId());
        return Transition.event(alert, "silenced by %s: %s".formatted(silence.getActor(), silence.getReason()));
    }

    private static Transition close(Alert alert, AlertState state, Instant time, String reason) {
        alert.setState(state);
        alert.setEventTime(time);
        alert.setResolvedTime(time);
        return Transition.event(alert, reason);
    }

    private static Optional<Instant> resolvedAt(Alert alert) {
        return Optional.ofNullable(alert.getClearedTime()).map(at -> at.plusSeconds(alert.getResolveSeconds()));
    }

    /** A decision that has run out is over, and so is an alert that comes back with the onset of such an episode. */
    private static boolean isOver(Optional<Alert> closed, Signal signal) {
        Instant expires = signal.getExpiresTime();
        if (expires != null && !expires.isAfter(signal.getEventTime())) {
            return true;
        }
        return closed.filter(old -> old.getExpiresTime() != null)
                .filter(old -> old.getOnsetTime().equals(Episodes.onset(signal)))
                .isPresent();
    }

    private static boolean isExplained(Signal signal) {
        return signal.getParent() != null && !SliceKey.of(signal.getParent()).equals(SliceKey.of(signal.getSlice()));
    }

    private static boolean lastsLongEnough(Alert alert, Signal signal) {
        return !signal.getEventTime().isBefore(alert.getOnsetTime().plusSeconds(alert.getSustainSeconds()));
    }

    private static Transition heard(Alert alert, Signal signal) {
        Alert copy = copy(alert);
        copy.setLastSignalTime(signal.getEventTime());
        return Transition.quiet(copy);
    }

    private static Transition closed(Optional<Alert> current) {
        return current.map(Transition::quiet).orElseGet(Transition::none);
    }

    private static Alert copy(Alert alert) {
        return Alert.newBuilder(alert).build();
    }
}
