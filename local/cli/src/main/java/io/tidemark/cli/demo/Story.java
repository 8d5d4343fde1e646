package io.tidemark.cli.demo;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.StackSupervisor;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.consumers.audit.TopicReader;
import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.ActionPhase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * One rollout on a live stack, from its healthy first minutes through a fault to the recovery. Its event times begin ten
 * minutes ago and run faster than the clock, so that every part works as on live traffic and nobody waits for ten minutes.
 */
final class Story {

    /** Event time from the first trace to the fault. */
    static final Duration HEALTHY = Duration.ofMinutes(3);

    private static final Duration HISTORY = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final StackSupervisor stack;
    private final DemoTraffic traffic;
    private final double speed;
    private final Terminal terminal;
    private final Clock clock;

    Story(StackSupervisor stack, DemoTraffic traffic, double speed, Terminal terminal, Clock clock) {
        this.stack = stack;
        this.traffic = traffic;
        this.speed = speed;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * Lets it happen.
     *
     * @param release release that was started before
     * @throws CommandFailure when it does not come to its end
     */
    StoryReport run(String release) {
        try (StoryTraffic sender = new StoryTraffic(traffic, stack.endpoints());
                StoryWatch watch = new StoryWatch(stack.endpoints(), release)) {
            Instant history = traffic.start().plus(HISTORY);
            sender.sendHistory(history);
            await(watch, sender, watch::areJobsAtWork);
            terminal.note("the candidate gets %.0f %% of the calls; event time runs at %.0f times the clock ..."
                    .formatted(100 * traffic.candidateShare(), speed));
            StoryClock pace = StoryClock.startingNow(clock, history, speed);
            sender.start(pace);
            await(watch, sender, () -> !pace.eventTime().isBefore(traffic.faultTime()));
            StoryReport report = new StoryReport(traffic.faultTime(), clock.instant());
            follow(watch, sender, report);
            return report;
        }
    }

    private void follow(StoryWatch watch, StoryTraffic sender, StoryReport report) {
        await(watch, sender, () -> watch.rollback().isPresent());
        report.verdict(watch.rollback().orElseThrow());
        await(watch, sender, () -> watch.firing().isPresent());
        report.alert(watch.firing().orElseThrow());
        await(watch, sender, () -> watch.done().isPresent() || watch.end().isPresent());
        report.action(watch.done().orElseThrow(() -> failed(watch.end().orElseThrow())));
        sender.takeCandidateOut();
        await(watch, sender, () -> sender.rerouted().isPresent());
        report.rerouted(sender.rerouted().orElseThrow(), clock.instant());
        await(watch, sender, () -> watch.end().isPresent());
        TopicReader.Timed<Action> end = watch.end().orElseThrow();
        if (end.value().getPhase() != ActionPhase.VERIFIED) {
            throw failed(end);
        }
        report.recovered(end);
    }

    private void await(StoryWatch watch, StoryTraffic sender, BooleanSupplier condition) {
        Instant deadline = clock.instant().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            stack.requireHealthy();
            sender.requireRunning();
            watch.look();
            if (clock.instant().isAfter(deadline)) {
                throw new CommandFailure("the demo waited %d s for %s; `--keep` keeps the logs in the data directory"
                        .formatted(PATIENCE.toSeconds(), watch.missing()));
            }
        }
    }

    private static CommandFailure failed(TopicReader.Timed<Action> end) {
        return new CommandFailure("the rollback consumer ended with %s: %s"
                .formatted(end.value().getPhase(), end.value().getReason()));
    }
}
