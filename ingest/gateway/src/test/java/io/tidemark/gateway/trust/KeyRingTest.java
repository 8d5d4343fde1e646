package io.tidemark.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.platform.access.ApiKey;
import io.tidemark.platform.access.Credentials;
import io.tidemark.platform.access.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {

    private static final TenantAccess DEFAULTS = new TenantAccess("default", 100, 1_000);

    @TempDir
    private Path directory;

    @Test
    void aKeyOpensItsTenantAndTheFileHoldsNoKey() throws IOException {
        String key = ApiKey.random(new Random(1));
        Path file = write(ApiKey.hash(key) + " acme spans-per-second=7 # note\n\n");
        KeyRing<TenantAccess> ring = new KeyRing<>(Optional.of(file), "", DEFAULTS::granted);
        assertThat(ring.access(key)).contains(new TenantAccess("acme", 7, 1_000));
        assertThat(ring.access(key + "x")).isEmpty();
        assertThat(Files.readString(file)).doesNotContain(key);
    }

    @Test
    void aChangedFileIsTakenOverAndABrokenOneIsNot() throws IOException {
        Path file = write(ApiKey.hash("one") + " acme");
        KeyRing<TenantAccess> ring = new KeyRing<>(Optional.of(file), "", DEFAULTS::granted);
        change(file, ApiKey.hash("two") + " globex", 10);
        ring.refresh();
        assertThat(ring.access("one")).isEmpty();
        assertThat(ring.access("two")).isPresent();
        change(file, "nonsense", 20);
        ring.refresh();
        assertThat(ring.access("two")).isPresent();
    }

    @Test
    void whatIsWrongIsSaidWithoutTheKey() {
        assertThatThrownBy(() -> new KeyRing<>(Optional.empty(), "tmk_plain-key acme", DEFAULTS::granted))
                .hasMessageContaining("line 1")
                .hasMessageNotContaining("tmk_plain-key");
        assertThatThrownBy(() -> new KeyRing<>(
                        Optional.empty(), ApiKey.hash("k") + " acme spans-per-minute=1", DEFAULTS::granted))
                .hasMessageContaining("line 1: 'spans-per-minute' must be spans-per-second=N");
        assertThat(new KeyRing<>(Optional.empty(), "", DEFAULTS::granted).isEmpty())
                .isTrue();
    }

    @Test
    void theKeyIsFoundInEveryHeaderThatClientsUse() {
        assertThat(key("authorization", "Bearer k1")).contains("k1");
        assertThat(key("authorization", "Basic cGstbGY6azI=")).contains("k2");
        assertThat(key("x-api-key", "k3")).contains("k3");
        assertThat(key("api_key", "k4")).contains("k4");
        assertThat(key("authorization", "Basic ???")).isEmpty();
    }

    private static Optional<String> key(String header, String value) {
        return Credentials.key(name -> Map.of(header, value).get(name));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("keys"), text);
    }

    private static void change(Path file, String text, int later) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(later)));
    }
}
