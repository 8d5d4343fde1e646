package io.tidemark.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    @Test
    void anEventWaitsForItsTimeDividedByTheSpeed() {
        Pace pace = new Pace(10, clock);
        assertThat(pace.untilDue(FIRST)).isEqualTo(Duration.ZERO);
        assertThat(pace.untilDue(FIRST.plusSeconds(60))).isEqualTo(Duration.ofSeconds(6));
        assertThat(pace.untilDue(FIRST.minusSeconds(60))).isEqualTo(Duration.ofSeconds(-6));
    }

    @Test
    void speedZeroHoldsNothingBack() {
        Pace pace = new Pace(0, clock);
        assertThat(pace.untilDue(FIRST)).isEqualTo(Duration.ZERO);
        assertThat(pace.untilDue(FIRST.plusSeconds(60))).isEqualTo(Duration.ZERO);
    }
}
