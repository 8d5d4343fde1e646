package io.tidemark.jobs.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.jobs.judging.judge.JudgeSettings;
import io.tidemark.jobs.review.ReviewSettings;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgingConfigTest {

    @Test
    void defaults() {
        JudgingConfig config = config();
        assertThat(config.jobName()).isEqualTo("judging");
        assertThat(config.judges()).containsExactly("rules");
        assertThat(config.sampling().standard().rate()).isEqualTo(0.02);
        assertThat(config.budgetNanoUsd()).isEqualTo(10_000_000_000L);
        assertThat(config.capacity()).isEqualTo(64);
        assertThat(config.patience()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.judgesPairs()).isFalse();
        assertThat(config.pairHorizon()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.lowScore()).isEqualTo(0.3);
        assertThat(config.reviews()).isEqualTo(ReviewSettings.STANDARD);
    }

    @Test
    void everySettingIsRead() {
        JudgingConfig config = config(
                "--judging.judges=openai-compatible, rules",
                "--judging.sampling.rate=0.1",
                "--judging.budget-usd=0.5",
                "--judging.in-flight=7",
                "--judging.patience=PT9S",
                "--judging.pairs.rate=0.2",
                "--judging.pairs.horizon=PT30S",
                "--judging.low-score=0.5",
                "--reviews.daily=3",
                "--judging.openai.url=http://judge/v1",
                "--judging.openai.model=m",
                "--judging.openai.api-key=secret",
                "--judging.openai.template=grounded-answer@1",
                "--judging.openai.timeout=PT3S",
                "--judging.openai.concurrency=2",
                "--judging.openai.input-usd-per-million=0.15",
                "--judging.openai.output-usd-per-million=0.6");
        assertThat(config.judges()).containsExactly("openai-compatible", "rules");
        assertThat(config.sampling().standard().rate()).isEqualTo(0.1);
        assertThat(config.budgetNanoUsd()).isEqualTo(500_000_000L);
        assertThat(config.capacity()).isEqualTo(7);
        assertThat(config.patience()).isEqualTo(Duration.ofSeconds(9));
        assertThat(config.judgesPairs()).isTrue();
        assertThat(config.pairs().standard().rate()).isEqualTo(0.2);
        assertThat(config.pairHorizon()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.lowScore()).isEqualTo(0.5);
        assertThat(config.reviews().daily()).isEqualTo(3);
        JudgeSettings.OpenAi openAi = config.settings().openAi();
        assertThat(openAi)
                .isEqualTo(new JudgeSettings.OpenAi(
                        "http://judge/v1", "m", "secret", "grounded-answer@1", Duration.ofSeconds(3), 2, 150, 600));
        assertThat(openAi.toString()).doesNotContain("secret");
    }

    @Test
    void whatIsMissingOrUnknownIsNamed() {
        assertThatThrownBy(() -> config("--judging.judges=oracle"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("judging.judges = 'oracle' must name some of ");
        assertThatThrownBy(() -> config("--judging.judges=openai-compatible"))
                .hasMessage("judging.openai.input-usd-per-million = '' must be a price in US dollars, at least 0; "
                        + "0 when it costs nothing");
        assertThatThrownBy(() -> config(
                        "--judging.judges=openai-compatible",
                        "--judging.openai.input-usd-per-million=0",
                        "--judging.openai.output-usd-per-million=0"))
                .hasMessage("judging.openai.url = '' must be set for the judge openai-compatible");
    }

    private static JudgingConfig config(String... flags) {
        List<String> arguments = new ArrayList<>(List.of(
                "--registry.url=http://registry",
                "--kafka.bootstrap-servers=kafka:9092",
                "--flink.state-directory=state"));
        arguments.addAll(List.of(flags));
        return JudgingConfig.from(Configuration.load(JudgingConfig.keys(), Map.of(), arguments), Clock.systemUTC());
    }
}
