package io.tidemark.consumers;

import io.tidemark.consumers.target.FlaggerGateServer;
import io.tidemark.consumers.target.FlaggerGateTarget;
import io.tidemark.consumers.target.RollbackTargets;
import io.tidemark.consumers.target.TargetSettings;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Main class of the rollback consumer. */
public final class RollbackProcess {

    /** Consumer group, transactional id and name in the audit. */
    public static final String NAME = "tidemark-rollback";

    private RollbackProcess() {}

    /** Runs until the process is told to stop. */
    public static void main(String[] arguments) {
        ConsumerProcess.main(NAME, arguments, keys(), RollbackProcess::kind);
    }

    /** Every key. */
    public static List<ConfigurationKey<?>> keys() {
        List<ConfigurationKey<?>> keys = new ArrayList<>(ConsumerConfig.keys());
        keys.addAll(TargetSettings.keys());
        return List.copyOf(keys);
    }

    private static ConsumerProcess.Kind kind(Configuration configuration) {
        Clock clock = Clock.systemUTC();
        TargetSettings settings = TargetSettings.from(configuration);
        ConsumerConfig config = ConsumerConfig.from(configuration, NAME, false);
        FlaggerGateTarget flagger = new FlaggerGateTarget(settings.flaggerOpenFor(), clock);
        if (settings.flaggerPort() >= 0) {
            FlaggerGateServer.start(config.metrics().host(), settings.flaggerPort(), flagger);
        }
        return new ConsumerProcess.Kind(
                config,
                new RollbackDecisions(),
                RollbackTargets.of(settings, flagger, TargetSettings.kubernetes(), clock));
    }
}
