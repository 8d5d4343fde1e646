package io.tidemark.console.analysis;

import java.util.Locale;

/** What a rollout controller is told. */
enum Verdict {
    PASS,
    FAIL,
    INCONCLUSIVE;

    /** As controllers read it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
