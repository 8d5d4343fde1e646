package io.tidemark.gateway.inference;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.outcome.OutcomeIds;
import io.tidemark.gateway.otlp.BodyLimits;
import io.tidemark.gateway.otlp.TenantMismatchException;
import io.tidemark.gateway.otlp.TextPolicy;
import io.tidemark.gateway.otlp.TimeWindow;
import io.tidemark.ingest.validation.OutcomeValidator;
import io.tidemark.ingest.validation.TraceLimits;
import io.tidemark.ingest.validation.Violation;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Reads outcomes. One that does not say when it became known became known when it came; one without an id gets the same id
 * each time that it is sent.
 */
public final class OutcomeBody extends PlainBody<Outcome> {

    private final TextPolicy policy;
    private final TimeWindow window;
    private final Clock clock;
    private final OutcomeValidator validator = new OutcomeValidator(TraceLimits.DEFAULT);

    /** @param window what event times are accepted: outcomes come later than inferences */
    public OutcomeBody(BodyLimits limits, TextPolicy policy, TimeWindow window, Clock clock) {
        super("outcome", limits);
        this.policy = policy;
        this.window = window;
        this.clock = clock;
    }

    @Override
    Outcome read(JsonNode node, String tenant) throws InvalidFieldException, TenantMismatchException {
        Outcome outcome = (Outcome) RecordJson.read(Outcome.getClassSchema(), node);
        requireTenant(outcome.getTenant(), tenant);
        outcome.setTenant(tenant);
        if (outcome.getObservedTime().equals(Instant.EPOCH)) {
            outcome.setObservedTime(clock.instant().truncatedTo(ChronoUnit.MICROS));
        }
        List<Violation> violations = validator.violations(outcome);
        if (!violations.isEmpty()) {
            throw new InvalidFieldException(violations.get(0));
        }
        InvalidFieldException.requireWithin(window, "event_time", outcome.getEventTime());
        InvalidFieldException.requireWithin(window, "observed_time", outcome.getObservedTime());
        if (outcome.getOutcomeId().isEmpty()) {
            outcome.setOutcomeId(OutcomeIds.outcomeId(outcome));
        }
        return policy.apply(outcome);
    }
}
