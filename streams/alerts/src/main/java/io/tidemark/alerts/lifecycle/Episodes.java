package io.tidemark.alerts.lifecycle;

import io.tidemark.contracts.alert.AlertIds;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;
import io.tidemark.contracts.avro.Signal;
import java.time.Instant;
import java.util.List;

/** Alerts as signals make them: a new episode, and what a further signal says about one. */
final class Episodes {

    private Episodes() {}

    static Alert begin(Signal signal) {
        Instant onset = onset(signal);
        String id = AlertIds.alertId(signal.getRuleId(), signal.getSlice(), onset);
        Alert alert = Alert.newBuilder()
                .setAlertId(id)
                .setRuleId(signal.getRuleId())
                .setSlice(signal.getSlice())
                .setState(AlertState.PENDING)
                .setOnsetTime(onset)
                .setAction(signal.getAction())
                .setCandidate(signal.getCandidate())
                .setRollbackTarget(signal.getRollbackTarget())
                .setTargetAdapter(signal.getTargetAdapter())
                .setTarget(signal.getTarget())
                .setReleaseId(signal.getReleaseId())
                .setDecisionId(signal.getDecisionId() == null ? id : signal.getDecisionId())
                .setExpiresTime(signal.getExpiresTime())
                .build();
        update(alert, signal);
        return alert;
    }

    /** Whether a person commanded it: the canary job never decides without evidence. */
    static boolean isCommand(Signal signal) {
        return signal.getDecisionId() != null && signal.getEvidence().isEmpty();
    }

    /** A further decision about the same episode. */
    static void decide(Alert alert, Signal signal) {
        alert.setDecisionId(signal.getDecisionId());
        alert.setExpiresTime(signal.getExpiresTime());
        alert.setRollbackTarget(signal.getRollbackTarget());
        alert.setTargetAdapter(signal.getTargetAdapter());
        alert.setTarget(signal.getTarget());
        alert.setEvidence(List.of());
    }

    static Instant onset(Signal signal) {
        return signal.getOnsetTime().equals(Instant.EPOCH) ? signal.getEventTime() : signal.getOnsetTime();
    }

    /** What the newest signal says; what was decided when the episode began stays: action, target, decision, expiry. */
    static void update(Alert alert, Signal signal) {
        alert.setRuleVersion(signal.getRuleVersion());
        alert.setSeverity(signal.getSeverity());
        alert.setKind(signal.getKind());
        alert.setEventTime(signal.getEventTime());
        alert.setLastSignalTime(signal.getEventTime());
        alert.setSustainSeconds(signal.getSustainSeconds());
        alert.setResolveSeconds(signal.getResolveSeconds());
        alert.setRunbook(signal.getRunbook());
        alert.setSummary(signal.getSummary());
        if (!signal.getEvidence().isEmpty()) {
            alert.setEvidence(List.copyOf(signal.getEvidence()));
        }
        if (signal.getAttribution() != null) {
            alert.setAttribution(signal.getAttribution());
        }
    }
}
