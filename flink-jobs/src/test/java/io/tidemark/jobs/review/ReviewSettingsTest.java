package io.tidemark.jobs.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReviewSettingsTest {

    @Test
    void oneAnHourUnlessATenantHasANumberOfItsOwn() {
        assertThat(settings()).isEqualTo(ReviewSettings.STANDARD);
        assertThat(ReviewSettings.STANDARD.of("acme")).isEqualTo(24);
        ReviewSettings own = settings("--reviews.daily=6", "--reviews.tenant.acme=100");
        assertThat(own.of("acme")).isEqualTo(100);
        assertThat(own.of("globex")).isEqualTo(6);
    }

    @Test
    void aNumberThatIsNoneIsNamed() {
        assertThatThrownBy(() -> settings("--reviews.tenant.acme=many"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("reviews.tenant.acme = 'many' must be a whole number from 0 to 10000");
    }

    @Test
    void aGoldenSetGrowsByFiveToTwentyAWeekOrNotAtAll() {
        assertThat(settings().goldenWeekly()).isEqualTo(10);
        assertThat(settings("--reviews.golden-weekly=0").goldenWeekly()).isZero();
        assertThatThrownBy(() -> settings("--reviews.golden-weekly=4"))
                .hasMessage("reviews.golden-weekly = '4' must be 0, or from 5 to 20");
        assertThatThrownBy(() -> settings("--reviews.golden-weekly=21")).isInstanceOf(ConfigurationException.class);
    }

    private static ReviewSettings settings(String... flags) {
        return ReviewSettings.from(Configuration.load(ReviewSettings.keys(), Map.of(), List.of(flags)));
    }
}
