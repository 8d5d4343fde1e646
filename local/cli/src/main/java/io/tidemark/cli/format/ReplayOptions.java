package io.tidemark.cli.format;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a file leaves open.
 *
 * @param start event time of offset 0 in formats that hold offsets only
 * @param tenant tenant of formats without one; empty: the name of the format
 * @param baseModel base model of formats without one; empty: {@code unknown}
 * @param texts folder with the text files that a scenario names; empty: traces carry no text
 */
public record ReplayOptions(Instant start, Optional<String> tenant, Optional<String> baseModel, Optional<Path> texts) {

    /** Event time of offset 0 unless another is asked for. */
    public static final Instant FIXED_EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    public static final ReplayOptions DEFAULT =
            new ReplayOptions(FIXED_EPOCH, Optional.empty(), Optional.empty(), Optional.empty());

    public ReplayOptions {
        Objects.requireNonNull(start, "start is null");
        Objects.requireNonNull(tenant, "tenant is null");
        Objects.requireNonNull(baseModel, "baseModel is null");
        Objects.requireNonNull(texts, "texts is null");
    }

    public ReplayOptions withStart(Instant other) {
        return new ReplayOptions(other, tenant, baseModel, texts);
    }

    public ReplayOptions withTenant(String other) {
        return new ReplayOptions(start, Optional.of(other), baseModel, texts);
    }

    public ReplayOptions withBaseModel(String other) {
        return new ReplayOptions(start, tenant, Optional.of(other), texts);
    }

    public ReplayOptions withTexts(Path folder) {
        return new ReplayOptions(start, tenant, baseModel, Optional.of(folder));
    }
}
