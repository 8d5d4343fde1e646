package io.tidemark.jobs.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.trace.Dimension;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {

    @TempDir
    Path directory;

    @Test
    void tenantsAndProviderKeysHaveTheirLimitsOnTheirOwnLevels() throws Exception {
        Limits limits = Limits.of(Files.writeString(
                directory.resolve("limits.csv"),
                "kind,name,tokens_per_minute,requests_per_minute\ntenant,acme,1000,\nprovider_key,key-1,,60\n"));

        assertThat(limits.of(slice("tenant", "acme", null))).isEqualTo(new Limits.Limit(1_000L, null));
        assertThat(limits.of(slice("provider_key", null, "key-1"))).isEqualTo(new Limits.Limit(null, 60L));
        assertThat(limits.of(slice("tenant", "other", null))).isEqualTo(Limits.Limit.NONE);
        assertThat(limits.of(slice("tenant_version", "acme", null))).isEqualTo(Limits.Limit.NONE);
    }

    @Test
    void aWrongNumberIsNamedWithFileLineAndColumn() throws Exception {
        Path file = Files.writeString(directory.resolve("limits.csv"), "tenant,acme,many,\n");

        assertThatThrownBy(() -> Limits.of(file))
                .hasMessage("limits file %s, line 1, column 3: 'many' must be a whole number above 0, or empty"
                        .formatted(file));
    }

    private static Slice slice(String level, String tenant, String key) {
        String[] values = new String[Dimension.values().length];
        values[Dimension.TENANT.ordinal()] = tenant;
        values[Dimension.PROVIDER_KEY.ordinal()] = key;
        return new Slice(level, values, 1);
    }
}
