package io.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.stack.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailureReportTest {

    @Test
    void wrappersDoNotHideTheReason() {
        Throwable failure = new CompletionException(new StackException("Port 1 is in use."));
        assertThat(FailureReport.sentence(failure)).isEqualTo("Port 1 is in use.");
    }

    @Test
    void aFullDiskIsSaidInPlainWords() {
        Throwable failure = new UncheckedIOException(new IOException("data/x: No space left on device"));
        assertThat(FailureReport.sentence(failure)).startsWith("the disk is full; free some space");
    }

    @Test
    void anUnexpectedFailureSaysHowToLearnMore() {
        assertThat(FailureReport.sentence(new IllegalStateException("two\nlines")))
                .isEqualTo(
                        "unexpected failure, IllegalStateException: two; `tidemark --debug ...` shows where it comes from");
    }
}
