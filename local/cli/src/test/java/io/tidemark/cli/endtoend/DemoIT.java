package io.tidemark.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demonstration, smaller than people see it. */
class DemoIT {

    private static final int ERRORS_BEFORE = 3;
    private static final int ERRORS_AFTER = 4;

    @Test
    void theTableShowsThePlantedRegressionForEveryTenantAndNowhereElse() {
        Cli demo = Cli.run("demo", "--traces", 12_000);
        assertThat(demo.exitCode()).as(demo.error()).isZero();
        assertThat(demo.output()).contains("SELECT prompt, tenant,");
        List<String[]> rows = demo.output()
                .lines()
                .filter(line -> line.matches("support-v[12] .*"))
                .map(line -> line.split(" +"))
                .toList();
        assertThat(rows).hasSize(6);
        for (String[] row : rows) {
            boolean worse = Double.parseDouble(row[ERRORS_AFTER]) > 3 * Double.parseDouble(row[ERRORS_BEFORE]) + 1;
            assertThat(worse).as(Arrays.toString(row)).isEqualTo(row[0].equals("support-v2"));
        }
    }
}
