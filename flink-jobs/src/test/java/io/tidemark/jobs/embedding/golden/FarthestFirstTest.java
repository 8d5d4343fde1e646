package io.tidemark.jobs.embedding.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FarthestFirstTest {

    @Test
    void beginsWithTheMostUsualAndGoesOnWithTheFarthest() {
        // on the circle at 0, 40, 50 and 120 degrees: the mean lies near 50
        List<FarthestFirst.Choice> choices =
                FarthestFirst.choose(List.of(at(1, 0), at(2, 40), at(3, 50), at(4, 120)), List.of(), 3);
        assertThat(choices).extracting(choice -> choice.text().textHash()).containsExactly(3L, 4L, 1L);
        assertThat(choices.get(0).novelty()).isNaN();
        assertThat(choices.get(1).novelty()).isCloseTo(1 - Math.cos(Math.toRadians(70)), within(1e-6));
        assertThat(choices.get(2).novelty()).isCloseTo(1 - Math.cos(Math.toRadians(50)), within(1e-6));
    }

    @Test
    void nearDuplicatesAreNotChosenHoweverManyAreAskedFor() {
        // cosine of 25 degrees: 0.906
        assertThat(hashes(FarthestFirst.choose(List.of(at(1, 0), at(2, 25), at(3, 50)), List.of(), 10)))
                .containsExactly(2L);
        assertThat(hashes(FarthestFirst.choose(List.of(at(1, 0), at(2, 26)), List.of(), 10)))
                .containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void whatWasChosenInEarlierWeeksIsNotChosenAgain() {
        assertThat(hashes(FarthestFirst.choose(List.of(at(1, 0), at(2, 80)), List.of(at(9, 10)), 10)))
                .containsExactly(2L);
        assertThat(hashes(FarthestFirst.choose(List.of(at(1, 0), at(2, 80)), List.of(at(1, 170)), 10)))
                .as("an equal text of another vector")
                .containsExactly(2L);
    }

    @Test
    void vectorsOfAnotherBackendAreNotCompared() {
        GoldenText other = new GoldenText(9, "t-9", 0, "other", at(9, 0).vector());
        assertThat(hashes(FarthestFirst.choose(List.of(at(1, 0)), List.of(other), 10)))
                .containsExactly(1L);
    }

    @Test
    void theSameWhateverTheOrder() {
        Random random = new Random(7);
        List<GoldenText> texts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            texts.add(at(random.nextLong(), random.nextInt(360)));
        }
        List<Long> first = hashes(FarthestFirst.choose(texts, List.of(), 8));
        Collections.shuffle(texts, random);
        assertThat(hashes(FarthestFirst.choose(texts, List.of(), 8)))
                .isEqualTo(first)
                .hasSize(8);
    }

    static GoldenText at(long hash, double degrees) {
        double angle = Math.toRadians(degrees);
        return new GoldenText(
                hash, "t-" + hash, 1_000, "model", new float[] {(float) Math.cos(angle), (float) Math.sin(angle)});
    }

    private static List<Long> hashes(List<FarthestFirst.Choice> choices) {
        return choices.stream().map(choice -> choice.text().textHash()).toList();
    }
}
