package io.tidemark.jobs.judging.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RulesJudgeTest extends JudgeContract {

    @Override
    Judge create() {
        return new RulesJudge();
    }

    @Test
    void aRefusalIsNoAnswer() throws JudgeException {
        assertThat(answered("I'm sorry, but I can't help with that.")).isZero();
        assertThat(answered("As an AI language model, I do not have access to your calendar."))
                .isZero();
        assertThat(answered("I\u2019m unable to open links, but if you paste the text I will read it."))
                .isZero();
        assertThat(answered("Sorry to hear that! Restart the router, then wait a minute."))
                .isEqualTo(1);
        assertThat(answered("You can not divide by zero.")).isEqualTo(1);
    }

    @Test
    void theServingStackKnowsBetterWhetherTheModelRefused() throws JudgeException {
        JudgeSample refused = new JudgeSample("Do it", "Let us talk of something else.", "", 1, -1, "");
        assertThat(value(refused, "answered")).isZero();
        JudgeSample notRefused = new JudgeSample("Say no", "I'm sorry, I can't.", "", 0, -1, "");
        assertThat(value(notRefused, "answered")).isEqualTo(1);
    }

    @Test
    void brokenFormIsSeen() throws JudgeException {
        assertThat(wellFormed("{\"a\": [1, 2}")).isZero();
        assertThat(wellFormed("```json\n{\"a\": 1}\n```")).isEqualTo(1);
        assertThat(wellFormed("[1] See the note below.")).isEqualTo(1);
        assertThat(wellFormed("Coding for beginners\n".repeat(4))).isZero();
        assertThat(wellFormed("Coding for beginners\n".repeat(3))).isEqualTo(1);
        assertThat(value(new JudgeSample("q", "a long ans", "", -1, -1, "length"), "well_formed"))
                .isZero();
        assertThat(value(new JudgeSample("q", "{}", "", -1, 0, "stop"), "well_formed"))
                .isZero();
    }

    @Test
    void containmentIsTheShareOfContentWordsThatAreKnown() throws JudgeException {
        // said: paris, lies, seine, 1889, tower; known: paris, seine, 1889
        JudgeSample sample = new JudgeSample(
                "Where is it?", "Paris lies on the Seine. 1889: tower", "Paris and the Seine, 1889.", -1, -1, "");
        assertThat(value(sample, "containment")).isEqualTo(3 / 5.0);
    }

    private double answered(String response) throws JudgeException {
        return value(JudgeSample.of("Help me", response), "answered");
    }

    private double wellFormed(String response) throws JudgeException {
        return value(JudgeSample.of("Help me", response), "well_formed");
    }

    private double value(JudgeSample sample, String name) throws JudgeException {
        return judge(sample).scores().stream()
                .filter(score -> score.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
