package io.tidemark.statistics.attribution;

import static io.tidemark.statistics.error.InputChecks.atLeast;
import static io.tidemark.statistics.error.InputChecks.sameLength;

import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.StatisticsException;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Which component of the version (model, prompt, index, ...) moved a bad-rate, from cells in which components had their
 * old or new level.
 *
 * <p>Weighted least squares of {@code bad/n} on 1, the flags "new level" and, where cells have strata, an indicator for
 * each stratum but the first; weights {@code n}; {@code se = sqrt(p (1-p) diag((A'NA)^-1))} with the pooled rate
 * {@code p}. Components that never changed are left out. Components that always changed together are <em>one</em> alias
 * group, with one effect: the data cannot tell them apart. When groups still overlap (rank deficient), the answer is
 * NOT_IDENTIFIABLE: roll out the single changes that would separate them. Cells without units are left out.
 *
 * <p>Effects are differences of the bad share. Use cells that ran at the same time, as a correlation with time is not
 * removed. Act on {@code z >= 3} and an effect over the tolerance.
 *
 * <p>G. A. Barnard et al. on aliases in factorial designs: D. J. Finney, "The Fractional Replication of Factorial
 * Arrangements", Ann. Eugenics 12(1), 1943, doi:10.1111/j.1469-1809.1943.tb02333.x. Differs from the paper: observed
 * cells, not designed ones, and no interactions.
 *
 * <p>Throws {@link StatisticsException}: LENGTH_MISMATCH for a cell with another number of components, INSUFFICIENT_DATA
 * without units, NOT_IDENTIFIABLE as above, DEGENERATE_VARIANCE when all units or none are bad.
 */
public final class ComponentAttribution {

    private static final double SMALLEST_PIVOT = 1e-9;

    private final List<String> components;

    /** @param components names of the components, in the order of the flags of the cells */
    public ComponentAttribution(List<String> components) {
        this.components = List.copyOf(components);
    }

    /** Effects of the alias groups; the cells may come in any order, and in parts. */
    public Attribution attribute(List<VersionCell> parts) {
        for (VersionCell part : parts) {
            sameLength(
                    "components",
                    components.size(),
                    "flags of a cell",
                    part.changed().size());
        }
        List<VersionCell> cells = merged(parts);
        BinomialCounts all = cells.stream().map(VersionCell::counts).reduce(BinomialCounts.NONE, BinomialCounts::plus);
        atLeast("units of all cells", all.trials(), 1);
        List<List<Integer>> groups = AliasGroups.of(components.size(), cells);
        DMatrixRMaj design = Design.of(cells, groups);
        if (Design.rank(design, SMALLEST_PIVOT) < design.getNumCols()) {
            throw new StatisticsException(
                    ErrorCode.NOT_IDENTIFIABLE,
                    "%d cells cannot separate the effects of %s; roll out single changes"
                            .formatted(cells.size(), names(groups)));
        }
        return solve(design, cells, groups, all);
    }

    private Attribution solve(
            DMatrixRMaj design, List<VersionCell> cells, List<List<Integer>> groups, BinomialCounts all) {
        double units = all.trials();
        double pooled = all.successes() / units;
        double variance = pooled * (all.failures() / units);
        if (variance == 0) {
            throw new StatisticsException(ErrorCode.DEGENERATE_VARIANCE, "all units are bad, or none is");
        }
        int columns = design.getNumCols();
        DMatrixRMaj normal = new DMatrixRMaj(columns, columns);
        DMatrixRMaj right = new DMatrixRMaj(columns, 1);
        for (int row = 0; row < cells.size(); row++) {
            BinomialCounts counts = cells.get(row).counts();
            for (int i = 0; i < columns; i++) {
                right.add(i, 0, design.get(row, i) * (counts.successes() - pooled * counts.trials()) / units);
                for (int j = 0; j < columns; j++) {
                    normal.add(i, j, design.get(row, i) * design.get(row, j) * (counts.trials() / units));
                }
            }
        }
        DMatrixRMaj inverse = new DMatrixRMaj(columns, columns);
        CommonOps_DDRM.invert(normal, inverse);
        DMatrixRMaj solution = new DMatrixRMaj(columns, 1);
        CommonOps_DDRM.mult(inverse, right, solution);
        List<GroupEffect> effects = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            double effect = solution.get(group + 1, 0);
            double error = Math.sqrt(variance * inverse.get(group + 1, group + 1) / units);
            effects.add(new GroupEffect(names(groups).get(group), effect, error, effect / error));
        }
        return new Attribution(List.copyOf(effects), pooled + solution.get(0, 0));
    }

    private List<List<String>> names(List<List<Integer>> groups) {
        return groups.stream()
                .map(group -> group.stream().map(components::get).toList())
                .toList();
    }

    private static List<VersionCell> merged(List<VersionCell> parts) {
        List<VersionCell> cells = new ArrayList<>();
        for (VersionCell part : parts) {
            if (part.counts().trials() == 0) {
                continue;
            }
            int known = 0;
            while (known < cells.size() && !cells.get(known).sameGroup(part)) {
                known++;
            }
            if (known == cells.size()) {
                cells.add(part);
            } else {
                BinomialCounts counts = cells.get(known).counts().plus(part.counts());
                cells.set(known, new VersionCell(part.stratum(), part.changed(), counts));
            }
        }
        return cells;
    }

    /**
     * Effects of all groups.
     *
     * @param effects one for each alias group, in the order of its first component
     * @param intercept bad share with all components old, in the first stratum
     */
    public record Attribution(List<GroupEffect> effects, double intercept) {}

    /**
     * Effect of one alias group.
     *
     * @param components names of the components that always changed together
     * @param effect difference of the bad share that goes with the new level
     * @param standardError of the effect
     * @param z effect over its standard error
     */
    public record GroupEffect(List<String> components, double effect, double standardError, double z) {}
}
