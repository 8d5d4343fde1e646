package io.tidemark.platform.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The settings of one process. A flag {@code --sink.batch-rows=5} beats the environment variable {@code
 * TIDEMARK_SINK_BATCH_ROWS}, which beats the properties file named by {@code --config} or {@code TIDEMARK_CONFIG}, which
 * beats the default. A name that the process does not know is refused, so that a typing error never goes unnoticed.
 */
public final class Configuration {

    static final String ENVIRONMENT_PREFIX = "TIDEMARK_";
    private static final String FILE_FLAG = "config";

    private final Map<String, ConfigurationKey<?>> keys = new LinkedHashMap<>();
    private final Map<String, String> values = new HashMap<>();

    private Configuration(Collection<ConfigurationKey<?>> keys) {
        keys.forEach(key -> this.keys.put(key.name(), key));
    }

    /**
     * Reads the settings of a process.
     *
     * @param keys every key that the process knows
     * @param environment usually {@code System.getenv()}
     * @param arguments command-line flags of the form {@code --name=value}
     * @throws ConfigurationException naming the key, the value and the rule
     */
    public static Configuration load(
            Collection<ConfigurationKey<?>> keys, Map<String, String> environment, List<String> arguments) {
        Configuration configuration = new Configuration(keys);
        Map<String, String> flags = flags(arguments);
        String file = flags.remove(FILE_FLAG);
        if (file == null) {
            file = environment.get(ENVIRONMENT_PREFIX + "CONFIG");
        }
        if (file != null) {
            configuration.addFile(Path.of(file));
        }
        configuration.addEnvironment(environment);
        flags.forEach((name, value) -> configuration.add(name, value, "flag"));
        return configuration;
    }

    /**
     * Value of a setting.
     *
     * @throws ConfigurationException when it is required and missing, or breaks its rule
     */
    public <T> T get(ConfigurationKey<T> key) {
        if (!keys.containsKey(key.name())) {
            throw new IllegalArgumentException("key '%s' was not declared".formatted(key.name()));
        }
        if (key.isPrefix()) {
            return prefixed(key);
        }
        String value = values.get(key.name());
        if (value != null) {
            return key.parse(value);
        }
        if (key.defaultValue() == null) {
            throw new ConfigurationException(
                    "%s is required; set --%s=... or %s".formatted(key.name(), key.name(), key.environmentVariable()));
        }
        return key.defaultValue();
    }

    @SuppressWarnings("unchecked") // a prefix key is always a map of texts
    private <T> T prefixed(ConfigurationKey<T> key) {
        String start = key.name() + ".";
        return (T) values.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(start))
                .collect(Collectors.toUnmodifiableMap(
                        entry -> entry.getKey().substring(start.length()), Map.Entry::getValue));
    }

    private void addFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("configuration file '%s' does not exist".formatted(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException(
                    "configuration file '%s' cannot be read: %s".formatted(file, e.getMessage()));
        }
        properties.stringPropertyNames().forEach(name -> add(name, properties.getProperty(name), "file " + file));
    }

    private void addEnvironment(Map<String, String> environment) {
        environment.forEach((variable, value) -> {
            if (variable.startsWith(ENVIRONMENT_PREFIX)) {
                String form = variable.substring(ENVIRONMENT_PREFIX.length());
                String name = nameOfEnvironmentForm(form);
                if (name != null) {
                    values.put(name, value);
                } else if (belongsToASection(form)) {
                    throw unknown(variable, "environment");
                }
            }
        });
    }

    private String nameOfEnvironmentForm(String form) {
        for (ConfigurationKey<?> key : keys.values()) {
            String own = ConfigurationKey.environmentForm(key.name());
            if (!key.isPrefix() && own.equals(form)) {
                return key.name();
            }
        }
        for (ConfigurationKey<?> key : keys.values()) {
            String own = ConfigurationKey.environmentForm(key.name()) + "_";
            if (key.isPrefix() && form.startsWith(own)) {
                String rest = form.substring(own.length()).toLowerCase(Locale.ROOT);
                return key.name() + "." + rest.replace('_', '.');
            }
        }
        return null;
    }

    /** Whether a variable lies under the first word of one of the keys: then it can only be meant for this process. */
    private boolean belongsToASection(String form) {
        return keys.keySet().stream()
                .filter(name -> name.indexOf('.') > 0)
                .map(name -> ConfigurationKey.environmentForm(name.substring(0, name.indexOf('.'))) + "_")
                .anyMatch(form::startsWith);
    }

    private void add(String name, String value, String source) {
        ConfigurationKey<?> key = keys.get(name);
        boolean known = key != null && !key.isPrefix();
        boolean prefixed =
                keys.values().stream().anyMatch(each -> each.isPrefix() && name.startsWith(each.name() + "."));
        if (!known && !prefixed) {
            throw unknown(name, source);
        }
        values.put(name, value);
    }

    private ConfigurationException unknown(String name, String source) {
        return new ConfigurationException(
                "unknown setting '%s' (%s); known are %s".formatted(name, source, String.join(", ", keys.keySet())));
    }

    private static Map<String, String> flags(List<String> arguments) {
        Map<String, String> flags = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new ConfigurationException("argument '%s' is not of the form --name=value".formatted(argument));
            }
            flags.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
        return flags;
    }
}
