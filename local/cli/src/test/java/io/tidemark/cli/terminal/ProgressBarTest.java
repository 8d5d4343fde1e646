package io.tidemark.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private final StringWriter error = new StringWriter();

    private ProgressBar bar(boolean terminal) {
        PrintWriter writer = new PrintWriter(error, true);
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        return new ProgressBar(new Terminal(writer, writer, terminal, terminal), clock, "sending", "traces");
    }

    @Test
    void elsewhereItIsALineWithRateAndTimeLeft() {
        assertThat(bar(false).text(5_000, 0.25, Duration.ofSeconds(10)))
                .isEqualTo("sending:  25 %, 5,000 traces, 500/s, 30 s left");
    }

    @Test
    void onATerminalItIsABar() {
        assertThat(bar(true).text(10, 0.5, Duration.ofSeconds(200)))
                .isEqualTo("sending: [###############               ]  50 %, 10 traces, 0/s, 3 min 20 s left");
    }

    @Test
    void theEndSaysHowLongItTook() {
        assertThat(bar(false).text(100, 1, Duration.ofSeconds(4)))
                .isEqualTo("sending: 100 %, 100 traces, 25/s, in 4 s");
    }

    @Test
    void theTimeLeftIsNotGuessedFromNothing() {
        assertThat(bar(false).text(1, 0, Duration.ofSeconds(5)))
                .isEqualTo("sending:   0 %, 1 traces, 0/s, time left unknown");
    }

    @Test
    void aFreshDrawingIsNotRepeated() {
        bar(false).update(1, 0.1);
        assertThat(error.toString()).isEmpty();
    }
}
