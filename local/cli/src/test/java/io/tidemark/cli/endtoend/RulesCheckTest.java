package io.tidemark.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCheckTest {

    @TempDir
    private Path directory;

    @Test
    void theRulesThatComeAlongAreValid() {
        Cli check = Cli.run("rules", "check");
        assertThat(check.exitCode()).isZero();
        assertThat(check.output()).containsPattern("^[0-9]+ rules are valid, 0 are not");
    }

    @Test
    void aMistakeIsNamedWithItsFileAndTheExitCodeSaysSo() throws IOException {
        Path file = Files.writeString(directory.resolve("quiet.yaml"), "id: quiet\nkind: silence\n");
        Cli check = Cli.run("rules", "check", directory);
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.error()).contains(file + ", line 2, key 'kind': 'silence' is not allowed; allowed are error,");
    }
}
