package io.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script in an empty checkout, with only some programs on the path. */
class StartScriptTest {

    private static final List<String> TOOLS =
            List.of("bash", "readlink", "dirname", "sed", "grep", "head", "find", "git", "mkdir", "rm", "touch", "mv");

    @TempDir
    private Path checkout;

    private Path programs;

    @BeforeEach
    void copyTheScript() throws IOException {
        Path script = Path.of("").toAbsolutePath();
        while (!Files.exists(script.resolve("tidemark"))) {
            script = script.getParent();
        }
        Files.copy(script.resolve("tidemark"), checkout.resolve("tidemark"), StandardCopyOption.COPY_ATTRIBUTES);
        programs = Files.createDirectory(checkout.resolve("programs"));
        for (String tool : TOOLS) {
            Path found = List.of(Path.of("/usr/bin", tool), Path.of("/bin", tool)).stream()
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            program(programs.resolve(tool), "exec %s \"$@\"".formatted(found));
        }
    }

    @Test
    void withoutJavaItSaysWhatToInstall() throws Exception {
        assertThat(runFails(Map.of()))
                .isEqualTo("tidemark: no Java was found; install a JDK 17 or newer, or set JAVA_HOME to one.\n");
    }

    @Test
    void anOldJavaIsNamed() throws Exception {
        Path home = Files.createDirectories(checkout.resolve("old/bin")).getParent();
        program(home.resolve("bin/java"), "true");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        assertThat(runFails(Map.of("JAVA_HOME", home.toString())))
                .startsWith("tidemark: Java 11 at ")
                .contains("needs a JDK 17 or newer");
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws Exception {
        assertThat(runFails(javaHome()))
                .isEqualTo("tidemark: Maven was not found; install Maven 3.8 or newer to build Tidemark.\n");
    }

    @Test
    void anOldMavenIsNamed() throws Exception {
        program(programs.resolve("mvn"), "echo Apache Maven 3.6.3");
        assertThat(runFails(javaHome()))
                .isEqualTo("tidemark: Maven 3.6.3 is too old; Tidemark needs Maven 3.8 or newer.\n");
    }

    @Test
    void withoutNpmItSaysWhatItIsFor() throws Exception {
        program(programs.resolve("mvn"), "echo Apache Maven 3.9.1");
        assertThat(runFails(javaHome()))
                .startsWith("tidemark: npm was not found; it is needed once, to download the ClickHouse engine.");
    }

    private static Map<String, String> javaHome() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"));
    }

    private static void program(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String runFails(Map<String, String> environment) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                programs.resolve("bash").toString(),
                checkout.resolve("tidemark").toString(),
                "--version"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        return output;
    }
}
