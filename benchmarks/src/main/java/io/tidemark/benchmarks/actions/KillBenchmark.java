package io.tidemark.benchmarks.actions;

import io.tidemark.benchmarks.report.BenchmarkReport;
import io.tidemark.benchmarks.traffic.BenchmarkBroker;
import java.io.IOException;
import java.time.Clock;

/** {@code benchmarks/run kill [KILLS [SEED]]}: kills the lifecycle and the consumers, 50 times unless told otherwise. */
public final class KillBenchmark {

    private static final int DEFAULT_KILLS = 50;

    private KillBenchmark() {}

    /** Runs it; fails when a decision had no effect, too many, or no complete audit. */
    public static void main(String[] arguments) throws IOException {
        int kills = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_KILLS;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        Clock clock = Clock.systemUTC();
        try (BenchmarkBroker broker = BenchmarkBroker.start()) {
            KillRun run = new KillRun(
                    broker.kafka().bootstrapServers(),
                    broker.registry().url(),
                    broker.directory().resolve("chain"),
                    clock);
            KillRun.Count count = run.execute(kills, seed);
            BenchmarkReport report = new BenchmarkReport("kill", clock)
                    .with("kills", count.kills())
                    .with("repeated_deliveries", count.repetitions())
                    .requireCount("decisions_with_an_effect", count.decisions(), count.effects())
                    .requireCount("decisions_with_a_complete_audit", count.decisions(), count.audited());
            if (count.repetitions() > count.kills()) {
                throw new IllegalStateException(
                        "%d repeated deliveries for %d kills".formatted(count.repetitions(), count.kills()));
            }
            report.print(null);
        }
    }
}
