package io.tidemark.jobs.sampling;

import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.config.ConfigurationKey;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a job samples.
 *
 * @param standard rate of a slice that has none of its own
 * @param slices rates of slices, by {@code tenant} or {@code tenant/intent}
 * @param period time after which the floor is filled anew, by event time
 */
public record SampleSettings(SampleRate standard, Map<String, SampleRate> slices, Duration period)
        implements Serializable {

    /** Takes everything. */
    public static final SampleSettings EVERYTHING = new SampleSettings(SampleRate.ALL, Map.of(), Duration.ofDays(1));

    public SampleSettings {
        slices = Map.copyOf(slices);
        if (period.toMillis() <= 0) {
            throw new IllegalArgumentException("the period of a sample must be positive, got " + period);
        }
    }

    /** The settings of one use of samples. */
    public record Keys(
            ConfigurationKey<Double> rate,
            ConfigurationKey<Long> floor,
            ConfigurationKey<Duration> period,
            ConfigurationKey<Map<String, String>> slices) {

        /**
         * Declares the settings.
         *
         * @param use first part of the names, for example {@code drift.sampling}
         * @param standard defaults
         */
        public static Keys of(String use, SampleSettings standard) {
            return new Keys(
                    ConfigurationKey.decimal(
                            use + ".rate", standard.standard().rate(), 0, 1, "share of the inferences that is sampled"),
                    ConfigurationKey.longInteger(
                            use + ".floor",
                            standard.standard().floor(),
                            0,
                            Integer.MAX_VALUE,
                            "inferences of a slice and period that are all sampled"),
                    ConfigurationKey.duration(
                            use + ".period", standard.period(), Duration.ofSeconds(1), "time that a floor is for"),
                    ConfigurationKey.prefix(
                            use + ".slice",
                            "rate:floor of one slice, named tenant or tenant/intent; example: 0.05:500"));
        }

        /** All keys, to be declared by a process. */
        public List<ConfigurationKey<?>> all() {
            return List.of(rate, floor, period, slices);
        }

        /**
         * What a process was told.
         *
         * @throws ConfigurationException when the rate of a slice cannot be read; the message names it
         */
        public SampleSettings from(Configuration configuration) {
            Map<String, SampleRate> bySlice = new HashMap<>();
            configuration.get(slices).forEach((slice, text) -> {
                SampleRate own = SampleRate.parse(text);
                if (own == null) {
                    throw new ConfigurationException("%s.%s = '%s' must be rate:floor; example value: 0.05:500"
                            .formatted(slices.name(), slice, text));
                }
                bySlice.put(slice, own);
            });
            return new SampleSettings(
                    new SampleRate(configuration.get(rate), configuration.get(floor)),
                    bySlice,
                    configuration.get(period));
        }
    }

    /** Rate of a slice: of its tenant and intent, or of its tenant, or the standard. */
    SampleRate of(String tenant, String intent) {
        SampleRate own = slices.get(tenant + "/" + intent);
        return own != null ? own : slices.getOrDefault(tenant, standard);
    }

    /** Highest probability with which any inference is taken; 1 where there is a floor. */
    double highestProbability() {
        return Stream.concat(Stream.of(standard), slices.values().stream())
                .mapToDouble(each -> each.floor() > 0 ? 1 : each.rate())
                .max()
                .orElse(0);
    }
}
