package io.tidemark.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void textsStandLeftAndNumbersRight() {
        TextTable table = new TextTable("tenant", "n", "rate");
        table.add(List.of("acme", "7", "0.5"));
        table.add(List.of("b", "1200", "-"));
        assertThat(table.lines())
                .containsExactly(
                        "tenant     n  rate", "------  ----  ----", "acme       7   0.5", "b       1200     -");
    }
}
