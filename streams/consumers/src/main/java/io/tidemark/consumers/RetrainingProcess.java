package io.tidemark.consumers;

import io.tidemark.consumers.decision.GuardSettings;
import io.tidemark.consumers.retraining.RetrainingDecisions;
import io.tidemark.consumers.retraining.RetrainingSettings;
import io.tidemark.consumers.target.RetrainingTargets;
import io.tidemark.consumers.target.TargetSettings;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Main class of the retraining consumer. */
public final class RetrainingProcess {

    /** Consumer group, transactional id and name in the audit. */
    public static final String NAME = "tidemark-retraining";

    private static final Duration MONTH = Duration.ofDays(30);

    private RetrainingProcess() {}

    /** Runs until the process is told to stop. */
    public static void main(String[] arguments) {
        ConsumerProcess.main(NAME, arguments, keys(), RetrainingProcess::kind);
    }

    /** Every key. */
    public static List<ConfigurationKey<?>> keys() {
        List<ConfigurationKey<?>> keys = new ArrayList<>(ConsumerConfig.keys());
        keys.addAll(TargetSettings.keys());
        keys.addAll(RetrainingTargets.keys());
        keys.addAll(RetrainingSettings.keys());
        return List.copyOf(keys);
    }

    private static ConsumerProcess.Kind kind(Configuration configuration) {
        RetrainingSettings settings = RetrainingSettings.from(configuration);
        ConsumerConfig config = ConsumerConfig.from(configuration, NAME, true);
        return new ConsumerProcess.Kind(
                config.withGuards(within(config.guards(), settings)),
                new RetrainingDecisions(settings),
                RetrainingTargets.of(configuration, TargetSettings.kubernetes(), Clock.systemUTC()));
    }

    /** The budget is a number of runs in a month, the debounce a cooldown of the model. */
    static GuardSettings within(GuardSettings guards, RetrainingSettings settings) {
        int affordable = settings.budgetPerRunUsd() == 0
                ? Integer.MAX_VALUE
                : (int) Math.min(Integer.MAX_VALUE, settings.budgetUsd() / settings.budgetPerRunUsd());
        return new GuardSettings(
                guards.armed(),
                guards.tenants(),
                guards.targets(),
                guards.maximumAge(),
                settings.debounce(),
                affordable,
                affordable,
                MONTH,
                guards.minimumSamples(),
                guards.minimumWindows(),
                guards.approval());
    }
}
