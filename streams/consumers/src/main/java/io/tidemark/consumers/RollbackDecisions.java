package io.tidemark.consumers;

import io.tidemark.consumers.decision.Decision;
import io.tidemark.consumers.decision.TargetName;
import io.tidemark.consumers.target.Json;
import io.tidemark.contracts.avro.Alert;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Rollbacks: the alert names the candidate, the version to go back to, and where. */
public final class RollbackDecisions implements DecisionSource {

    /** Kind of the decisions. */
    public static final String KIND = "rollback";

    private static final String UNNAMED = "unnamed";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean watchesRecovery() {
        return true;
    }

    @Override
    public Decision of(Alert alert) {
        TargetName target = new TargetName(
                Optional.ofNullable(alert.getTargetAdapter()).orElse(UNNAMED),
                Optional.ofNullable(alert.getTarget()).orElse(UNNAMED));
        return Decision.of(alert, target, target.toString());
    }

    @Override
    public Optional<String> refusal(Decision decision, Instant now) {
        if (decision.target().adapter().equals(UNNAMED)
                || decision.target().name().equals(UNNAMED)) {
            return Optional.of("the alert names no target; give the release a target adapter and a target");
        }
        return decision.rollbackTarget().isEmpty()
                ? Optional.of("there is no healthy version to go back to")
                : Optional.empty();
    }

    @Override
    public String request(Decision decision) {
        Map<String, Object> body = Requests.common(decision);
        decision.candidate().ifPresent(version -> body.put("candidate", Requests.version(version)));
        decision.rollbackTarget().ifPresent(version -> body.put("rollback_target", Requests.version(version)));
        return Json.text(body);
    }
}
