package io.tidemark.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceTableTest {

    private static final String HEADER = "provider,model,valid_from,input_usd,cached_input_usd,output_usd\n";

    @TempDir
    Path directory;

    @Test
    void theTableThatComesAlongIsReadable() {
        assertThat(PriceTable.standard()).isNotNull();
    }

    @Test
    void aWrongPriceIsNamedWithFileLineAndColumn() throws Exception {
        Path file = Files.writeString(
                directory.resolve("prices.csv"), "# mine\n" + HEADER + "openai,gpt-4o,2024-01-01,2.5,cheap,10\n");

        assertThatThrownBy(() -> PriceTable.of(file))
                .hasMessage("price table %s, line 3, column 5: 'cheap' is no price in US dollars".formatted(file));
    }

    @Test
    void aWrongDateIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("prices.csv"), HEADER + "openai,gpt-4o,yesterday,1,1,1\n");

        assertThatThrownBy(() -> PriceTable.of(file)).hasMessageContaining("line 2, column 3: 'yesterday' is no date");
    }

    @Test
    void aFileWithoutTheHeaderIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("prices.csv"), "openai,gpt-4o,2024-01-01,1,1,1\n");

        assertThatThrownBy(() -> PriceTable.of(file)).hasMessageContaining("the first line must be 'provider,model");
    }
}
