package io.tidemark.jobs.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.DriftScope;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.jobs.drift.profile.Profile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who is said to have moved, by what the tenants of a stream really did. */
class DriftHierarchyTest {

    private static final int MINUTES = 300;
    private static final List<String> TENANTS = List.of("a", "b", "c");

    private final Random random = new Random(21);

    @Test
    void oneTenantThatMovesExplainsTheStreamAndItsNewVersion() {
        List<DriftDecision> decisions = window(Map.of("a", 1.5, "b", 0.0, "c", 0.0), "p2");
        assertThat(of(decisions, "tenant", "a").signal()).isTrue();
        assertThat(of(decisions, "tenant", "a").scope()).isEqualTo(DriftScope.SLICE);
        assertThat(of(decisions, "tenant", "a").explainedBy()).isNull();
        assertThat(of(decisions, "tenant_version", "a").signal()).isTrue();
        assertThat(of(decisions, "tenant_version", "a").explainedBy().getTenant())
                .isEqualTo("a");
        assertThat(of(decisions, "all", null).moved()).isTrue();
        assertThat(of(decisions, "all", null).signal()).isFalse();
        assertThat(of(decisions, "all", null).scope()).isEqualTo(DriftScope.MIXTURE);
        assertThat(of(decisions, "all", null).explainedBy().getTenant()).isEqualTo("a");
        assertThat(of(decisions, "tenant", "b").moved()).isFalse();
    }

    @Test
    void aMoveOfAllTenantsIsOneSignalOfTheStream() {
        List<DriftDecision> decisions = window(Map.of("a", 0.9, "b", 0.9, "c", 0.9), "p1");
        assertThat(of(decisions, "all", null).signal()).isTrue();
        assertThat(of(decisions, "all", null).scope()).isEqualTo(DriftScope.STREAM);
        assertThat(decisions.stream().filter(DriftDecision::signal)).hasSize(1);
        assertThat(of(decisions, "tenant", "b").scope()).isEqualTo(DriftScope.STREAM);
        assertThat(of(decisions, "tenant", "b").explainedBy().getSliceLevel()).isEqualTo("all");
    }

    /** Tenant a is unlike the others and leaves the version; the others stay as they were. */
    @Test
    void aVersionWhoseTenantLeftMovedByItsMixture() {
        Map<SliceRef, List<Map<String, Object>>> baseline = new LinkedHashMap<>();
        baseline.put(Windows.cell("a", "p1"), rows(4_000, 3));
        baseline.put(Windows.cell("b", "p1"), rows(2_000, 0));
        baseline.put(Windows.cell("c", "p1"), rows(2_000, 0));
        Map<SliceRef, List<Map<String, Object>>> now = new LinkedHashMap<>();
        now.put(Windows.cell("a", "p2"), rows(1_000, 3));
        now.put(Windows.cell("b", "p1"), rows(500, 0));
        now.put(Windows.cell("c", "p1"), rows(500, 0));
        List<DriftDecision> decisions = Windows.decide(Windows.profile(baseline), now, MINUTES);
        assertThat(decisions.stream().filter(DriftDecision::signal)).isEmpty();
        DriftDecision version = decisions.stream()
                .filter(each ->
                        each.moved() && each.test().slice().getSliceLevel().equals("version"))
                .findFirst()
                .orElseThrow();
        assertThat(version.scope()).isEqualTo(DriftScope.MIXTURE);
        assertThat(version.explainedBy().getTenant()).isEqualTo("a");
    }

    @Test
    void aSliceOfTooFewObservationsIsInsufficientAndNotWithoutDrift() {
        Profile profile = Windows.profile(Map.of(Windows.cell("a"), rows(4_000, 0)));
        List<DriftDecision> decisions = Windows.decide(profile, Map.of(Windows.cell("a"), rows(99, 3)), MINUTES);
        assertThat(decisions).allSatisfy(each -> {
            assertThat(each.test().insufficient()).isEqualTo("99 observations, at least 100 are needed");
            assertThat(each.qValue()).isNaN();
            assertThat(DriftRecords.drift(each).getScope()).isEqualTo(DriftScope.UNKNOWN);
        });
    }

    @Test
    void aTenantThatTheBaselineDoesNotKnowIsSaidToHaveNone() {
        Profile profile = Windows.profile(Map.of(Windows.cell("a"), rows(4_000, 0)));
        List<DriftDecision> decisions = Windows.decide(profile, Map.of(Windows.cell("new"), rows(500, 3)), MINUTES);
        assertThat(of(decisions, "tenant", "new").test().insufficient())
                .startsWith("the baseline has 0 observations of this slice and of its tenants");
    }

    @Test
    void aFeatureThatBecomesTextOrStopsBeingANumberIsAFaultOfTheData() {
        Profile profile = Windows.profile(Map.of(Windows.cell("a"), rows(4_000, 0)));
        List<Map<String, Object>> broken = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            broken.add(Windows.row("score", i % 3 == 0 ? "high" : i % 3 == 1 ? (Object) Double.NaN : (Object) 0.1));
        }
        List<DriftDecision> decisions = Windows.decide(profile, Map.of(Windows.cell("a"), broken), MINUTES);
        assertThat(Windows.signalled(decisions)).contains("score: not finite", "score: other type");
    }

    private List<DriftDecision> window(Map<String, Double> shifts, String promptOfA) {
        Map<SliceRef, List<Map<String, Object>>> baseline = new LinkedHashMap<>();
        Map<SliceRef, List<Map<String, Object>>> now = new LinkedHashMap<>();
        for (String tenant : TENANTS) {
            baseline.put(Windows.cell(tenant, "p1"), rows(3_000, 0));
            now.put(Windows.cell(tenant, tenant.equals("a") ? promptOfA : "p1"), rows(700, shifts.get(tenant)));
        }
        return Windows.decide(Windows.profile(baseline), now, MINUTES);
    }

    private List<Map<String, Object>> rows(int n, double shift) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            rows.add(Windows.row("score", random.nextGaussian() + shift));
        }
        return rows;
    }

    private static DriftDecision of(List<DriftDecision> decisions, String level, String tenant) {
        return decisions.stream()
                .filter(each -> each.test().measure().equals("score"))
                .filter(each -> each.test().slice().getSliceLevel().equals(level))
                .filter(each -> Objects.equals(each.test().slice().getTenant(), tenant))
                .findFirst()
                .orElseThrow();
    }
}
