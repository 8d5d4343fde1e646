package io.tidemark.jobs.review;

import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.config.ConfigurationKey;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many reviews people are asked for.
 *
 * @param daily reviews of a slice, reason and day, at least 0
 * @param ofTenants the same of tenants that have a number of their own
 * @param goldenWeekly candidates for the golden set of a tenant and intent in a week, 5 to 20; 0 for none
 */
public record ReviewSettings(int daily, Map<String, Integer> ofTenants, int goldenWeekly) implements Serializable {

    private static final int FEWEST_GOLDEN = 5;
    private static final int MOST_GOLDEN = 20;

    private static final int MOST = 10_000;
    private static final ConfigurationKey<Integer> DAILY = ConfigurationKey.integer(
            "reviews.daily", 24, 0, MOST, "reviews of a slice, reason and day; what is over them is counted");
    private static final ConfigurationKey<Map<String, String>> TENANTS =
            ConfigurationKey.prefix("reviews.tenant", "the same of one tenant; example: 100");

    private static final ConfigurationKey<Integer> GOLDEN = ConfigurationKey.integer(
            "reviews.golden-weekly",
            10,
            0,
            MOST_GOLDEN,
            "candidates for the golden set of a tenant and intent in a week, 5 to 20; 0 for none");

    /** Unless it is told otherwise. */
    public static final ReviewSettings STANDARD =
            new ReviewSettings(DAILY.defaultValue(), Map.of(), GOLDEN.defaultValue());

    public ReviewSettings {
        ofTenants = Map.copyOf(ofTenants);
        if (goldenWeekly != 0 && goldenWeekly < FEWEST_GOLDEN) {
            throw new ConfigurationException("%s = '%d' must be 0, or from %d to %d"
                    .formatted(GOLDEN.name(), goldenWeekly, FEWEST_GOLDEN, MOST_GOLDEN));
        }
    }

    /** The keys of a process that asks for reviews. */
    public static List<ConfigurationKey<?>> keys() {
        return List.of(DAILY, TENANTS, GOLDEN);
    }

    /**
     * What a process was told.
     *
     * @throws ConfigurationException when the number of a tenant is none; the message names it
     */
    public static ReviewSettings from(Configuration configuration) {
        Map<String, Integer> ofTenants = new HashMap<>();
        configuration.get(TENANTS).forEach((tenant, text) -> ofTenants.put(tenant, number(tenant, text)));
        return new ReviewSettings(configuration.get(DAILY), ofTenants, configuration.get(GOLDEN));
    }

    private static int number(String tenant, String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, as for a number out of range
        }
        throw new ConfigurationException(
                "%s.%s = '%s' must be a whole number from 0 to %d".formatted(TENANTS.name(), tenant, text, MOST));
    }

    int of(String tenant) {
        return ofTenants.getOrDefault(tenant, daily);
    }
}
