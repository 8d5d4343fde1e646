package io.tidemark.cli.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;

/** Five minutes of a rollout whose candidate, prompt p9, fails ten points more often, as JSON lines. */
final class ReleaseTraffic {

    static final Instant START = Instant.parse("2025-05-05T00:00:00Z");
    private static final int TRACES = 10_000;
    private static final int MILLIS_BETWEEN = 30;

    private ReleaseTraffic() {}

    static Path write(Path file) throws IOException {
        Random random = new Random(5);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < TRACES; i++) {
            boolean isCandidate = random.nextDouble() < 0.05;
            boolean fails = random.nextDouble() < (isCandidate ? 0.11 : 0.01);
            lines.append(
                    """
                    {"tenant":"release-test","event_time":"%s","version":{"base_model":"m1","prompt":"%s","eval_pass":"%s"},"role":"%s","status":"%s"}
                    """
                            .formatted(
                                    START.plusMillis((long) i * MILLIS_BETWEEN),
                                    isCandidate ? "p9" : "p8",
                                    isCandidate ? "e2" : "e1",
                                    isCandidate ? "canary" : "production",
                                    fails ? "error" : "ok"));
        }
        return Files.writeString(file, lines);
    }
}
