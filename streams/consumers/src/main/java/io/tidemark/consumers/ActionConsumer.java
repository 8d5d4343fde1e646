package io.tidemark.consumers;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.consumers.audit.ActionRecords;
import io.tidemark.consumers.audit.AuditLog;
import io.tidemark.consumers.audit.TopicReader;
import io.tidemark.consumers.command.Controls;
import io.tidemark.consumers.decision.Decision;
import io.tidemark.consumers.decision.Guards;
import io.tidemark.consumers.decision.Ledger;
import io.tidemark.consumers.recovery.RecoveryWatch;
import io.tidemark.consumers.target.Targets;
import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.ActionPhase;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;
import io.tidemark.contracts.avro.Command;
import io.tidemark.contracts.avro.CommandKind;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.SchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A consumer that acts. One thread does one thing after the other: it listens to people, looks whether what it did has worked, and takes
 * the next alerts. What it remembers is the audit.
 */
public final class ActionConsumer implements Runnable, AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final ConsumerConfig config;
    private final DecisionSource source;
    private final AuditLog audit;
    private final Ledger ledger;
    private final Ledger commandLedger = new Ledger("command", false);
    private final Controls controls;
    private final Guards guards;
    private final ActionRecords records;
    private final Execution execution;
    private final ConsumerMetrics metrics;
    private final SchemaRegistry registry;
    private final TopicReader<Command> commands;
    private final Inbox inbox;
    private final RecoveryWatch recovery;
    private final Clock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Opens everything and reads the audit; from here on no other instance of this kind can write. */
    public ActionConsumer(
            ConsumerConfig config, DecisionSource source, Targets targets, MeterRegistry meters, Clock clock) {
        this.config = config;
        this.source = source;
        this.clock = clock;
        this.registry = new ConfluentSchemaRegistry(config.registryUrl(), config.registryProperties());
        this.audit = new AuditLog(config.kafka(), registry, config.name());
        this.ledger = new Ledger(source.kind(), source.watchesRecovery());
        this.controls = new Controls(config.commandSecret());
        this.guards = new Guards(config.guards(), ledger);
        this.records = new ActionRecords(config.name(), !config.guards().armed(), clock);
        this.metrics = new ConsumerMetrics(meters, source.kind());
        this.execution = new Execution(new Execution.Parts(
                targets,
                config.guards().armed(),
                source::request,
                config.retries(),
                audit,
                records,
                ledger,
                controls,
                metrics,
                clock,
                stopped));
        readAudit(targets);
        this.commands = new TopicReader<>(config.kafka(), registry, TopicCatalogue.COMMANDS.name(), Command.class);
        takeCommands(commands.readToEnd());
        this.inbox = new Inbox(config, registry, metrics);
        this.recovery = new RecoveryWatch(config.kafka(), registry, config.recovery(), clock);
    }

    private void readAudit(Targets targets) {
        try (TopicReader<Action> reader =
                new TopicReader<>(config.kafka(), registry, TopicCatalogue.ACTIONS.name(), Action.class)) {
            for (TopicReader.Timed<Action> action : reader.readToEnd()) {
                ledger.add(action.value());
                commandLedger.add(action.value());
                remember(action.value(), targets);
            }
        }
    }

    private void remember(Action action, Targets targets) {
        if (action.getKind().equals(source.kind()) && action.getPhase() == ActionPhase.DONE && !action.getDryRun()) {
            targets.remember(action.getAdapter(), action.getTarget(), action.getDecisionId(), action.getRecordedTime());
        }
    }

    @Override
    public void run() {
        try {
            while (stopped.getCount() > 0) {
                takeCommands(commands.poll(Duration.ZERO));
                settleApprovals();
                source.due(clock.instant()).forEach(due -> consider(due, Position.none(), clock.instant()));
                watchRecoveries();
                takeRecords();
            }
        } catch (StoppedException e) {
            // told to stop in the middle of a retry: the next start goes on from the audit
        }
    }

    private void takeRecords() {
        List<ConsumerRecord<byte[], byte[]>> batch = inbox.poll(POLL);
        Instant received = clock.instant();
        Map<String, AlertState> newest = inbox.newestStates(batch);
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            Position position = new Position(Optional.of(record), inbox.group());
            inbox.alert(record).ifPresent(alert -> take(alert, newest.get(alert.getAlertId()), position, received));
            inbox.change(record).flatMap(source::of).ifPresent(decision -> consider(decision, position, received));
        }
        inbox.commit(batch);
    }

    private void take(Alert alert, AlertState newest, Position position, Instant received) {
        if (alert.getState() != AlertState.FIRING || !source.kind().equals(alert.getAction())) {
            return;
        }
        Decision decision = source.of(alert);
        Optional<String> refusal = AlertChecks.refusal(alert, newest);
        if (refusal.isPresent() && !ledger.isSettled(decision.id())) {
            execution.refuse(decision, refusal.get(), position);
        } else {
            consider(decision, position, received);
        }
    }

    private void consider(Decision decision, Position position, Instant received) {
        if (ledger.isSettled(decision.id())) {
            metrics.repeated();
            return;
        }
        Optional<String> refusal = refusal(decision, received);
        if (refusal.isPresent()) {
            execution.refuse(decision, refusal.get(), position);
        } else if (config.guards().approval() && !ledger.isBegun(decision.id())) {
            execution.awaitApproval(decision, position);
        } else {
            execution.carryOut(decision, position, received);
        }
    }

    private Optional<String> refusal(Decision decision, Instant now) {
        Optional<String> halt =
                controls.halt().map(command -> "halted by '%s': %s".formatted(command.getActor(), command.getReason()));
        if (halt.isPresent()) {
            return halt;
        }
        if (ledger.isBegun(decision.id())) {
            return guards.refusalOfBegun(decision, now);
        }
        return source.refusal(decision, now).or(() -> guards.refusal(decision, now));
    }

    private void takeCommands(List<TopicReader.Timed<Command>> batch) {
        for (TopicReader.Timed<Command> each : batch) {
            Command command = each.value();
            Optional<String> refusal = controls.take(command, each.appended());
            Action refused = records.ofCommand(
                    command.getCommandId(), command.getKind().name(), command.getActor(), refusal.orElse(""));
            if (refusal.isPresent() && !commandLedger.isSettled(refused.getDecisionId())) {
                execution.write(refused, Position.none());
                commandLedger.add(refused);
            }
        }
    }

    /** Approved and rejected decisions; the alert is looked up again, since only its id was kept. */
    private void settleApprovals() {
        Map<String, Command> waiting = new HashMap<>(controls.verdicts());
        waiting.keySet().removeIf(decisionId -> !ledger.isAwaitingApproval(decisionId));
        for (Map.Entry<String, Command> each : waiting.entrySet()) {
            String alertId = ledger.last(each.getKey()).orElseThrow().getAlertId();
            findAlert(alertId).ifPresent(alert -> settle(source.of(alert), each.getValue()));
        }
    }

    private void settle(Decision decision, Command command) {
        Instant now = clock.instant();
        Optional<String> refusal = command.getKind() == CommandKind.REJECT
                ? Optional.of("rejected by '%s': %s".formatted(command.getActor(), command.getReason()))
                : refusal(decision, now);
        if (refusal.isPresent()) {
            execution.refuse(decision, refusal.get(), Position.none());
        } else {
            execution.carryOut(decision, Position.none(), now);
        }
    }

    private Optional<Alert> findAlert(String alertId) {
        try (TopicReader<Alert> states =
                new TopicReader<>(config.kafka(), registry, TopicCatalogue.ALERT_STATES.name(), Alert.class)) {
            List<Alert> found = new ArrayList<>();
            for (TopicReader.Timed<Alert> each : states.readToEnd()) {
                if (each.value().getAlertId().equals(alertId)) {
                    found.add(each.value());
                }
            }
            return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
        }
    }

    private void watchRecoveries() {
        for (RecoveryWatch.Outcome outcome : recovery.look(ledger.watched())) {
            Action action = records.after(outcome.done(), outcome.phase(), outcome.reason());
            action.setRecoverMillis(outcome.recoverMillis());
            execution.write(action, Position.none());
        }
    }

    /** Ends the loop; {@link #run} returns soon after. */
    public void stop() {
        stopped.countDown();
    }

    @Override
    public void close() {
        inbox.close();
        commands.close();
        recovery.close();
        audit.close();
    }
}
