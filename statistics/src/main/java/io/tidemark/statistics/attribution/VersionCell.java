package io.tidemark.statistics.attribution;

import io.tidemark.statistics.counts.BinomialCounts;
import java.util.List;
import java.util.Objects;

/**
 * Units that ran with one combination of old and new components.
 *
 * @param stratum what else sets units apart, such as the tenant; empty when nothing does
 * @param changed for each component, whether it had its new level
 * @param counts bad units as successes, good ones as failures
 */
public record VersionCell(String stratum, List<Boolean> changed, BinomialCounts counts) {

    public VersionCell {
        Objects.requireNonNull(stratum, "stratum is null");
        Objects.requireNonNull(counts, "counts is null");
        changed = List.copyOf(changed);
    }

    /** A cell without strata. */
    public static VersionCell of(List<Boolean> changed, BinomialCounts counts) {
        return new VersionCell("", changed, counts);
    }

    boolean sameGroup(VersionCell other) {
        return stratum.equals(other.stratum) && changed.equals(other.changed);
    }
}
