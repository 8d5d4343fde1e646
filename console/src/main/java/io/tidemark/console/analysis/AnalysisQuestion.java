package io.tidemark.console.analysis;

import io.tidemark.console.http.RefusedException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a controller asks.
 *
 * @param release id of the rollout; empty when it is named by its version
 * @param version version id of the candidate; empty when it is named by its release
 * @param baseline version id of the control; empty for any
 * @param tenant tenant that the rollout is for; empty for any that the token opens
 * @param step step of the ladder that the controller stands at, when it says so
 * @param maximumAge how old the candidate's latest traffic may be for a pass
 */
record AnalysisQuestion(
        String release, String version, String baseline, String tenant, OptionalInt step, Duration maximumAge) {

    /** The names that a question may have. */
    static final Set<String> NAMES = Set.of("release", "version", "baseline", "tenant", "step", "max-age");

    private static final Duration USUAL_AGE = Duration.ofMinutes(10);
    private static final Duration LONGEST_AGE = Duration.ofDays(1);

    /**
     * Reads a question.
     *
     * @throws RefusedException when neither release nor version is named, or a value cannot be read
     */
    static AnalysisQuestion of(Map<String, String> given) {
        String release = given.getOrDefault("release", "");
        String version = given.getOrDefault("version", "");
        if (release.isBlank() && version.isBlank()) {
            throw RefusedException.malformed("name the rollout: release=ID, or version=ID of the candidate");
        }
        return new AnalysisQuestion(
                release,
                version,
                given.getOrDefault("baseline", ""),
                given.getOrDefault("tenant", ""),
                step(given.getOrDefault("step", "")),
                age(given.getOrDefault("max-age", "")));
    }

    /** What the statement about verdicts needs. */
    Map<String, String> selection() {
        return Map.of("release", release, "version", version, "baseline", baseline);
    }

    private static OptionalInt step(String text) {
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!text.matches("[0-9]{1,4}")) {
            throw RefusedException.malformed("parameter 'step' must be the number of a step, from 0");
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    private static Duration age(String text) {
        if (text.isEmpty()) {
            return USUAL_AGE;
        }
        try {
            Duration age = Duration.parse(text);
            if (age.compareTo(Duration.ofMinutes(1)) >= 0 && age.compareTo(LONGEST_AGE) <= 0) {
                return age;
            }
        } catch (DateTimeParseException e) {
            // answered below, as a duration out of range is
        }
        throw RefusedException.malformed("parameter 'max-age' must be a duration from PT1M to P1D");
    }
}
