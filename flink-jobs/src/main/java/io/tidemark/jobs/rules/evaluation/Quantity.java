package io.tidemark.jobs.rules.evaluation;

import io.tidemark.contracts.avro.Distribution;
import io.tidemark.contracts.avro.WindowRow;
import java.util.Locale;

/** How much of something a pane holds. */
public enum Quantity {
    /** Inferences. */
    REQUESTS,
    /** Prompt and generated tokens. */
    TOKENS,
    /** Cost in nano-USD. */
    COST;

    private static final String COST_MEASURE = "cost_nano_usd";

    /** Its name in rules. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Name of the measure that evidence is listed under. */
    public String measure() {
        return switch (this) {
            case REQUESTS -> "requests";
            case TOKENS -> "tokens";
            case COST -> COST_MEASURE;
        };
    }

    /** The amount; what is unknown is not in it. */
    long of(WindowRow row) {
        return switch (this) {
            case REQUESTS -> row.getRequests();
            case TOKENS -> sum(row, "input_tokens") + sum(row, "output_tokens");
            case COST -> sum(row, COST_MEASURE);
        };
    }

    /** The configured limit for a minute; null when there is none. */
    Long limit(WindowRow row) {
        return switch (this) {
            case REQUESTS -> row.getRequestsPerMinuteLimit();
            case TOKENS -> row.getTokensPerMinuteLimit();
            case COST -> null;
        };
    }

    private static long sum(WindowRow row, String measure) {
        Distribution values = row.getDistributions().get(measure);
        return values == null ? 0 : values.getSum();
    }
}
