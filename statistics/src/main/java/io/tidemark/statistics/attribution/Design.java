package io.tidemark.statistics.attribution;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;

/** The columns of the linear model: 1, a flag for each alias group, an indicator for each stratum but the first. */
final class Design {

    private Design() {}

    static DMatrixRMaj of(List<VersionCell> cells, List<List<Integer>> groups) {
        List<String> strata = cells.stream()
                .map(VersionCell::stratum)
                .distinct()
                .sorted()
                .skip(1)
                .toList();
        DMatrixRMaj design = new DMatrixRMaj(cells.size(), 1 + groups.size() + strata.size());
        for (int row = 0; row < cells.size(); row++) {
            VersionCell cell = cells.get(row);
            design.set(row, 0, 1);
            for (int group = 0; group < groups.size(); group++) {
                boolean changed = cell.changed().get(groups.get(group).get(0));
                design.set(row, 1 + group, changed ? 1 : 0);
            }
            int stratum = strata.indexOf(cell.stratum());
            if (stratum >= 0) {
                design.set(row, 1 + groups.size() + stratum, 1);
            }
        }
        return design;
    }

    static int rank(DMatrixRMaj design, double smallestPivot) {
        return SingularOps_DDRM.rank(design, smallestPivot);
    }
}
