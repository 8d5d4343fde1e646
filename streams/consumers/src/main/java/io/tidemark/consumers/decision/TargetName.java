package io.tidemark.consumers.decision;

/**
 * Where something is to be done.
 *
 * @param adapter kind of system
 * @param name name in that system
 */
public record TargetName(String adapter, String name) {

    @Override
    public String toString() {
        return adapter + ":" + name;
    }

    /**
     * The name in a text {@code adapter:name}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static TargetName parse(String key, String text) {
        int colon = text.indexOf(':');
        if (colon <= 0 || colon == text.length() - 1) {
            throw new IllegalArgumentException(
                    "%s = '%s' must be ADAPTER:NAME, for example airflow:retrain_chat".formatted(key, text));
        }
        return new TargetName(text.substring(0, colon), text.substring(colon + 1));
    }
}
