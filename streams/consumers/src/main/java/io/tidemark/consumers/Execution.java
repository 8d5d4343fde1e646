package io.tidemark.consumers;

import io.tidemark.consumers.audit.ActionRecords;
import io.tidemark.consumers.audit.AuditLog;
import io.tidemark.consumers.command.Controls;
import io.tidemark.consumers.decision.Decision;
import io.tidemark.consumers.decision.Ledger;
import io.tidemark.consumers.target.ActionRequest;
import io.tidemark.consumers.target.ActionTarget;
import io.tidemark.consumers.target.DryRunTarget;
import io.tidemark.consumers.target.TargetException;
import io.tidemark.consumers.target.TargetException.Kind;
import io.tidemark.consumers.target.TargetState;
import io.tidemark.consumers.target.Targets;
import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.ActionPhase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * Carries one decision out: read, record the intent, act under the revision that was read, read back, record the result. After a crash
 * anywhere the next start finds the intent in the audit, reads the target, and goes on from there.
 */
final class Execution {

    private final Targets targets;
    private final boolean armed;
    private final Function<Decision, String> requests;
    private final Retries retries;
    private final AuditLog audit;
    private final ActionRecords records;
    private final Ledger ledger;
    private final Controls controls;
    private final ConsumerMetrics metrics;
    private final Clock clock;
    private final CountDownLatch stopped;

    /** What an execution works with; gathered in one place because it is much. */
    record Parts(
            Targets targets,
            boolean armed,
            Function<Decision, String> requests,
            Retries retries,
            AuditLog audit,
            ActionRecords records,
            Ledger ledger,
            Controls controls,
            ConsumerMetrics metrics,
            Clock clock,
            CountDownLatch stopped) {}

    Execution(Parts parts) {
        this.targets = parts.targets();
        this.armed = parts.armed();
        this.requests = parts.requests();
        this.retries = parts.retries();
        this.audit = parts.audit();
        this.records = parts.records();
        this.ledger = parts.ledger();
        this.controls = parts.controls();
        this.metrics = parts.metrics();
        this.clock = parts.clock();
        this.stopped = parts.stopped();
    }

    /** Records that nothing is done, and why. */
    void refuse(Decision decision, String reason, Position position) {
        write(records.of(decision, ActionPhase.REFUSED, reason, 1), position);
    }

    /** Records that a person is to decide. */
    void awaitApproval(Decision decision, Position position) {
        String reason = "waits for approval: ./tidemark actions approve " + decision.id();
        write(records.of(decision, ActionPhase.AWAITING_APPROVAL, reason, 1), position);
    }

    /**
     * Carries a decision out.
     *
     * @param received when the consumer got it
     */
    void carryOut(Decision decision, Position position, Instant received) {
        boolean wasBegun = ledger.isBegun(decision.id());
        int attempt = wasBegun ? ledger.last(decision.id()).orElseThrow().getAttempt() + 1 : 1;
        ActionRequest request = new ActionRequest(
                decision.id(),
                decision.kind(),
                decision.target().name(),
                decision.candidateVersionId(),
                requests.apply(decision));
        try {
            ActionTarget known = targets.named(decision.target().adapter());
            act(decision, request, armed ? known : new DryRunTarget(), attempt, position, received);
        } catch (TargetException e) {
            fail(decision, e, attempt, position);
        }
    }

    private void act(
            Decision decision,
            ActionRequest request,
            ActionTarget target,
            int attempt,
            Position position,
            Instant received)
            throws TargetException {
        TargetState seen = read(target, request);
        if (!seen.isDone(request)) {
            if (!seen.isServingCandidate()) {
                throw new TargetException(
                        Kind.CONFLICT, "what is to be taken back no longer serves on " + decision.target());
            }
            Action intent = records.of(decision, ActionPhase.INTENDED, decision.summary(), attempt);
            intent.setBefore(seen.json());
            intent.setRequest(request.body());
            write(intent, Position.none());
            actUntilAnswered(target, request, seen);
        }
        TargetState after = read(target, request);
        if (armed && !after.isDone(request)) {
            throw new TargetException(
                    Kind.CONFLICT,
                    "'%s' took the request, but reading back shows no effect".formatted(decision.target()));
        }
        Duration took = Duration.between(received, clock.instant());
        metrics.acted(took);
        write(done(decision, request, seen, after, attempt, took), position);
    }

    private Action done(
            Decision decision,
            ActionRequest request,
            TargetState before,
            TargetState after,
            int attempt,
            Duration took) {
        String reason = armed ? "carried out and read back" : "dry run: nothing was changed";
        Action done = records.of(decision, ActionPhase.DONE, reason, attempt);
        done.setBefore(before.json());
        done.setAfter(after.json());
        done.setRequest(request.body());
        done.setActMillis(took.toMillis());
        return done;
    }

    /** A request without an answer may have had its effect: the target is read before it is asked again. */
    private void actUntilAnswered(ActionTarget target, ActionRequest request, TargetState first)
            throws TargetException {
        TargetState seen = first;
        for (int attempt = 1; !seen.isDone(request); attempt++) {
            requireNoHalt();
            try {
                target.act(request, seen);
                return;
            } catch (TargetException e) {
                if (e.kind() != Kind.UNAVAILABLE || attempt == retries.attempts()) {
                    throw e;
                }
                metrics.retried();
                retries.await(attempt, stopped);
            }
            seen = read(target, request);
        }
    }

    private TargetState read(ActionTarget target, ActionRequest request) throws TargetException {
        for (int attempt = 1; ; attempt++) {
            try {
                return target.read(request);
            } catch (TargetException e) {
                if (e.kind() != Kind.UNAVAILABLE || attempt == retries.attempts()) {
                    throw e;
                }
                metrics.retried();
                retries.await(attempt, stopped);
            }
        }
    }

    private void requireNoHalt() throws TargetException {
        if (controls.halt().isPresent()) {
            throw new TargetException(
                    Kind.REFUSED, "halted by " + controls.halt().get().getActor());
        }
    }

    private void fail(Decision decision, TargetException cause, int attempt, Position position) {
        boolean isFailure = cause.kind() == Kind.UNAVAILABLE;
        ActionPhase phase = isFailure ? ActionPhase.FAILED : ActionPhase.REFUSED;
        Action action = records.of(decision, phase, cause.getMessage(), attempt);
        if (isFailure) {
            write(action, position, position.letters(cause.getMessage(), action.getActor()));
        } else {
            write(action, position);
        }
    }

    void write(Action action, Position position) {
        write(action, position, java.util.List.of());
    }

    private void write(
            Action action,
            Position position,
            java.util.List<org.apache.kafka.clients.producer.ProducerRecord<byte[], byte[]>> letters) {
        Map<org.apache.kafka.common.TopicPartition, org.apache.kafka.clients.consumer.OffsetAndMetadata> offsets =
                position.offsets();
        audit.write(new AuditLog.Entry(action, offsets, position.group(), letters));
        ledger.add(action);
        metrics.recorded(action);
    }
}
