package io.tidemark.benchmarks.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cli.stack.ConsoleAccess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Boards in a real Chromium, driven by {@code console/web/test/boards.mjs}: one JSON line for each thing that it did. */
final class Boards implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedReader said;

    private Boards(Process process) {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts the browser.
     *
     * @throws IllegalStateException when there is no Chromium
     */
    static Boards start(ConsoleAccess console) throws IOException {
        Path chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no Chromium: apt-get install chromium"));
        return new Boards(new ProcessBuilder(List.of(
                        "node", "console/web/test/boards.mjs", console.url(), console.token(), chromium.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /**
     * Does one thing and waits until it is done.
     *
     * @param command {@code load RANGE ROUNDS}, or {@code open COUNT same|own}
     */
    JsonNode command(String command) throws IOException {
        process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        String line = said.readLine();
        if (line == null) {
            throw new IllegalStateException("the browser ended during '%s'".formatted(command));
        }
        return JSON.readTree(line);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
