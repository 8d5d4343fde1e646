package io.tidemark.platform.config;

/** A setting that cannot be used. The message names the key, the value and the rule. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ConfigurationException(String message) {
        super(message);
    }

    static ConfigurationException rule(String key, Object value, String rule) {
        return new ConfigurationException("%s = '%s' %s".formatted(key, value, rule));
    }
}
