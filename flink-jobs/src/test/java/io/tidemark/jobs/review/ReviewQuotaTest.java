package io.tidemark.jobs.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ReviewQuotaTest {

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = 24 * HOUR;

    /** Two in the first hour, three by the tenth. */
    private static final ReviewSettings SETTINGS = new ReviewSettings(4, Map.of("globex", 0), 0);

    private KeyedOneInputStreamOperatorTestHarness<String, Proposal, Admission> harness;

    @Test
    void theMostDoubtfulEnterAndTheRestIsCounted() throws Exception {
        try (var opened = open()) {
            for (int i = 0; i < 5; i++) {
                propose("acme", "id-" + i, i / 10.0, 10);
            }
            assertThat(opened.extractOutputValues()).isEmpty();
            opened.processWatermark(HOUR - 1);
            assertThat(queued()).containsExactly("id-4", "id-3");
            assertThat(overQuota()).containsExactly(3L);
        }
    }

    @Test
    void theOrderInWhichTheyComeDoesNotMatter() throws Exception {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            numbers.add(i);
        }
        List<List<String>> runs = new ArrayList<>();
        for (int seed = 0; seed < 3; seed++) {
            Collections.shuffle(numbers, new Random(seed));
            try (var opened = open()) {
                for (int number : numbers) {
                    propose("acme", "id-" + number, number % 7 / 7.0, number * HOUR / 60);
                }
                opened.processWatermark(DAY);
                runs.add(queued());
            }
        }
        assertThat(runs.get(0)).isNotEmpty().isEqualTo(runs.get(1)).isEqualTo(runs.get(2));
    }

    @Test
    void whatQuietHoursLeaveOverIsFreeUntilTheDayEnds() throws Exception {
        try (var opened = open()) {
            for (int i = 0; i < 100; i++) {
                propose("acme", "first-" + i, 0.5, 9 * HOUR);
                propose("acme", "second-" + i, 0.5, DAY);
            }
            opened.processWatermark(10 * HOUR - 1);
            assertThat(queued()).hasSize(3);
            opened.processWatermark(DAY + HOUR);
            assertThat(queued()).hasSize(5);
            assertThat(overQuota()).containsExactly(97L, 98L);
        }
    }

    @Test
    void aTenantMayHaveAQuotaOfItsOwn() throws Exception {
        try (var opened = open()) {
            propose("globex", "id", 1, 0);
            opened.processWatermark(HOUR);
            assertThat(queued()).isEmpty();
            assertThat(overQuota()).containsExactly(1L);
        }
    }

    @Test
    void theSameRequestCountsOnceAndALateOneCompetesInTheOpenHour() throws Exception {
        try (var opened = open()) {
            opened.processWatermark(3 * HOUR);
            propose("acme", "id", 1, 0);
            propose("acme", "id", 1, 0);
            opened.processWatermark(4 * HOUR);
            assertThat(queued()).containsExactly("id");
            assertThat(opened.extractOutputValues().get(0).hourMillis()).isEqualTo(3 * HOUR);
            assertThat(overQuota()).isEmpty();
        }
    }

    @Test
    void whatIsProposedAndWhatHasEnteredSurvivesARestartAndIsForgottenWithItsDay() throws Exception {
        OperatorSubtaskState state;
        try (var opened = open()) {
            propose("acme", "a", 0.9, 0);
            propose("acme", "b", 0.9, 0);
            opened.processWatermark(HOUR - 1);
            propose("acme", "c", 0.1, 23 * HOUR);
            state = opened.snapshot(1, 1);
        }
        try (var restored = create()) {
            restored.initializeState(state);
            restored.open();
            propose("acme", "d", 0.2, 23 * HOUR);
            propose("acme", "e", 0.3, 23 * HOUR);
            restored.processWatermark(DAY);
            assertThat(queued()).containsExactly("e", "d");
            assertThat(overQuota()).containsExactly(1L);
            assertThat(restored.numKeyedStateEntries()).isZero();
            assertThat(restored.numEventTimeTimers()).isZero();
        }
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Proposal, Admission> open() throws Exception {
        create().open();
        return harness;
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Proposal, Admission> create() throws Exception {
        harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new ReviewQuota(SETTINGS)), Proposal::queue, Types.STRING);
        return harness;
    }

    private void propose(String tenant, String id, double doubt, long millis) throws Exception {
        harness.processElement(new Proposal("slice of " + tenant, tenant, id, doubt, millis, new byte[] {1}), millis);
    }

    private List<String> queued() {
        return harness.extractOutputValues().stream()
                .filter(each -> each.overQuota() == 0)
                .map(each -> each.proposal().reviewId())
                .toList();
    }

    private List<Long> overQuota() {
        return harness.extractOutputValues().stream()
                .map(Admission::overQuota)
                .filter(over -> over > 0)
                .toList();
    }
}
