package io.tidemark.client.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.client.TraceEmitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EmitOneTraceTest {

    private static final Path MODULE = Path.of("").toAbsolutePath();

    @Test
    void thePageShowsTheCodeThatIsCompiled() throws IOException {
        String page = Files.readString(MODULE.resolve("../../docs/producing.md"));
        String code = Files.readString(MODULE.resolve("src/test/java/io/tidemark/client/example/EmitOneTrace.java"));
        assertThat(page).contains("```java\n" + code + "```\n");
    }

    @Test
    void theExampleIsTakenAlthoughNoServerIsThere() throws InterruptedException {
        try (TraceEmitter emitter =
                EmitOneTrace.connect("127.0.0.1:1", "http://127.0.0.1:1", new SimpleMeterRegistry())) {
            assertThat(EmitOneTrace.report(emitter, Clock.systemUTC()).accepted())
                    .isTrue();
            assertThat(emitter.close(Duration.ZERO)).isEqualTo(1);
        }
    }
}
