package io.tidemark.jobs.drift.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.avro.DriftKind;
import io.tidemark.statistics.distance.BaselineBins;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasureLayoutTest {

    /** The search without branches finds the bin that the bins of the statistics find. */
    @Test
    void aNumberFallsIntoTheBinOfTheBaseline() {
        Random random = new Random(5);
        for (int edges = 1; edges <= MeasureLayout.MAXIMUM_BINS + 1; edges++) {
            double[] some = random.doubles(edges, -10, 10).sorted().distinct().toArray();
            MeasureLayout layout = MeasureLayout.ofNumbers(DriftKind.FEATURE, "age", some);
            BaselineBins bins = new BaselineBins(some);
            for (double edge : some) {
                assertThat(layout.indexOf(edge))
                        .as("%d edges, at an edge", edges)
                        .isEqualTo(bins.indexOf(edge));
            }
            random.doubles(200, -12, 12)
                    .forEach(value -> assertThat(layout.indexOf(value)).isEqualTo(bins.indexOf(value)));
        }
    }

    @Test
    void whatIsNoNumberHasPlacesOfItsOwn() {
        MeasureLayout layout = MeasureLayout.ofNumbers(DriftKind.FEATURE, "age", new double[] {0, 1});
        assertThat(layout.indexOf(Double.NaN)).isEqualTo(layout.notFinite());
        assertThat(layout.indexOf(Double.NEGATIVE_INFINITY)).isEqualTo(layout.notFinite());
        assertThat(layout.indexOf("old")).isEqualTo(layout.otherType());
        assertThat(layout.indexOf((Object) null)).isEqualTo(layout.missing());
    }

    @Test
    void rareCategoriesAreNotNew() {
        List<String> many = IntStream.range(0, 150).mapToObj(i -> "c" + i).toList();
        MeasureLayout layout = MeasureLayout.ofCategories(DriftKind.FEATURE, "intent", many);
        assertThat(layout.indexOf("c3")).isEqualTo(3);
        assertThat(layout.placeName(layout.indexOf("c149"))).isEqualTo("(rare)");
        assertThat(layout.indexOf("never seen")).isEqualTo(layout.newCategory());
        assertThat(layout.indexOf(1.5)).isEqualTo(layout.otherType());
    }

    @Test
    void tooManyBinsAreRefused() {
        double[] edges = IntStream.range(0, 40).mapToDouble(i -> i).toArray();
        assertThatThrownBy(() -> MeasureLayout.ofNumbers(DriftKind.FEATURE, "age", edges))
                .hasMessage("measure 'age' has 40 edges and 0 categories, at most 33 and 4096 are kept");
    }
}
