package io.tidemark.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which slice a fault is laid to; the limit is 1 %. */
class ExplanationTest {

    private final Explanation explanation = new Explanation();
    private final List<Explanation.Node> nodes = new ArrayList<>();

    @Test
    void oneTenantOfThreeIsTheFaultOfTheTenant() {
        Explanation.Node all = breach(60, 3_000);
        Explanation.Node tenant = breach(55, 1_000, "a");
        explanation.solve();

        assertThat(rootOf(all)).isEqualTo(tenant.name());
        assertThat(rootOf(tenant)).isEqualTo(tenant.name());
    }

    @Test
    void allTenantsAreTheFaultOfTheWhole() {
        Explanation.Node all = breach(150, 3_000);
        Explanation.Node one = breach(50, 1_000, "a");
        breach(50, 1_000, "b");
        breach(50, 1_000, "c");
        explanation.solve();

        assertThat(rootOf(one)).isEqualTo(all.name());
        assertThat(rootOf(all)).isEqualTo(all.name());
    }

    @Test
    void someTenantsThatWereFoundFirstAreTheFaultOfTheWholeWhenTheOthersAreAsBad() {
        Explanation.Node all = breach(150, 3_000);
        Explanation.Node one = breach(60, 1_000, "a");
        explanation.solve();

        assertThat(rootOf(one)).isEqualTo(all.name());
    }

    @Test
    void ofTwoSlicesWithTheSameTrafficTheFinerIsNamed() {
        Explanation.Node version = breach(50, 1_000, null, "v2");
        Explanation.Node both = breach(50, 1_000, "a", "v2");
        explanation.solve();

        assertThat(rootOf(version)).isEqualTo(both.name());
    }

    @Test
    void manyOfMoreAreTheFaultOfTheWholeEvenWhenTheRestIsWell() {
        Explanation.Node all = breach(300, 12_000);
        for (int tenant = 0; tenant < 6; tenant++) {
            breach(50, 1_000, "tenant-" + tenant);
        }
        explanation.solve();

        assertThat(rootOf(nodes.get(1))).isEqualTo(all.name());
    }

    @Test
    void whatWasSaidToExplainItselfIsNotTakenBackByAFinerSlice() {
        Explanation.Node tenant = settled(40, 600, "a");
        Explanation.Node intent = breach(15, 30, "a", null, "billing");
        breach(15, 30, "a", null, "refund");
        explanation.solve();

        assertThat(rootOf(tenant)).isEqualTo(tenant.name());
        assertThat(rootOf(intent)).isEqualTo(tenant.name());
    }

    @Test
    void aSuspectThatWouldExplainABreachIsPointedOut() {
        Explanation.Node all = breach(60, 3_000);
        add(55, 1_000, false, false, "a");
        explanation.solve();

        assertThat(all.suspect().name()).isEqualTo("[a, null, null]");
    }

    private String rootOf(Explanation.Node node) {
        return explanation.root(node).name();
    }

    private Explanation.Node breach(long bad, long units, String... values) {
        return add(bad, units, true, false, values);
    }

    private Explanation.Node settled(long bad, long units, String... values) {
        return add(bad, units, true, true, values);
    }

    private Explanation.Node add(long bad, long units, boolean breached, boolean settled, String... values) {
        List<String> place = Arrays.asList(Arrays.copyOf(values, 3));
        Finding finding = new Finding("rule", 0, breached, bad, units, 0.01, 0, 0, false, new byte[0]);
        Explanation.Node node = explanation.add(place.toString(), "production", place, finding, settled);
        nodes.add(node);
        return node;
    }
}
