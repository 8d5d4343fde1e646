package io.tidemark.consumers;

import io.tidemark.consumers.decision.GuardSettings;
import io.tidemark.consumers.recovery.RecoverySettings;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.platform.metrics.MetricsSettings;
import io.tidemark.platform.process.Lifeline;
import io.tidemark.platform.webhook.HmacSignature;
import io.tidemark.platform.webhook.SecretFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Settings that both consumers have.
 *
 * @param name consumer group, transactional id and name in the audit
 * @param registryUrl schema registry
 * @param registryProperties further properties of the registry's client
 * @param commandSecret secret with which commands are signed; empty: only a halt is followed
 * @param readsChanges whether plain changes are read as well as alerts
 */
public record ConsumerConfig(
        String name,
        KafkaClientSettings kafka,
        String registryUrl,
        Map<String, String> registryProperties,
        GuardSettings guards,
        Retries retries,
        RecoverySettings recovery,
        Optional<HmacSignature> commandSecret,
        boolean readsChanges,
        MetricsSettings metrics) {

    private static final ConfigurationKey<String> REGISTRY =
            ConfigurationKey.text("registry.url", null, "address of the schema registry");
    private static final ConfigurationKey<Map<String, String>> REGISTRY_PROPERTIES =
            ConfigurationKey.prefix("registry.properties", "further properties of the registry's client");
    private static final ConfigurationKey<Boolean> ARMED = ConfigurationKey.bool(
            "actions.armed", false, "whether anything is really changed; otherwise every decision ends in a dry run");
    private static final ConfigurationKey<String> TENANTS = ConfigurationKey.text(
            "actions.tenants", "", "tenants for which an armed consumer may act, comma-separated; * for all");
    private static final ConfigurationKey<String> TARGETS = ConfigurationKey.text(
            "actions.targets",
            "",
            "targets on which an armed consumer may act, comma-separated ADAPTER:NAME; ADAPTER:* for all of an adapter");
    private static final ConfigurationKey<Duration> AGE = ConfigurationKey.duration(
            "actions.maximum-age",
            Duration.ofMinutes(10),
            Duration.ofSeconds(1),
            "age above which a decision is stale");
    private static final ConfigurationKey<Duration> COOLDOWN = ConfigurationKey.duration(
            "actions.cooldown", Duration.ofMinutes(10), Duration.ZERO, "shortest time between two actions on a target");
    private static final ConfigurationKey<Integer> PER_SCOPE = ConfigurationKey.integer(
            "actions.most-per-target", 2, 1, 1_000_000, "most actions on one target within the window");
    private static final ConfigurationKey<Integer> OVERALL =
            ConfigurationKey.integer("actions.most-overall", 5, 1, 1_000_000, "most actions within the window");
    private static final ConfigurationKey<Duration> WINDOW = ConfigurationKey.duration(
            "actions.window", Duration.ofHours(1), Duration.ofMinutes(1), "time over which actions are counted");
    private static final ConfigurationKey<Long> SAMPLES = ConfigurationKey.longInteger(
            "actions.minimum-samples", 30L, 0, Long.MAX_VALUE, "observations that the evidence must rest on");
    private static final ConfigurationKey<Integer> WINDOWS = ConfigurationKey.integer(
            "actions.minimum-windows",
            3,
            0,
            1_000,
            "bad windows in a row that a rule without a sequential test must show");
    private static final ConfigurationKey<Boolean> APPROVAL =
            ConfigurationKey.bool("actions.approval", false, "whether a person must approve each decision");
    private static final ConfigurationKey<Integer> ATTEMPTS =
            ConfigurationKey.integer("actions.attempts", 4, 1, 20, "how often a target that does not answer is asked");
    private static final ConfigurationKey<Duration> FIRST_WAIT = ConfigurationKey.duration(
            "actions.first-wait",
            Duration.ofMillis(250),
            Duration.ofMillis(1),
            "wait after the first attempt; it grows fourfold");
    private static final ConfigurationKey<Duration> RECOVER_WITHIN = ConfigurationKey.duration(
            "actions.recover-within",
            RecoverySettings.defaults().within(),
            Duration.ofMinutes(1),
            "time after which an action that has not helped is escalated");
    private static final ConfigurationKey<String> COMMAND_SECRET = ConfigurationKey.text(
            "commands.secret-file", "", "file with the secret of the commands; without it only a halt is followed");

    /** Every key. */
    public static List<ConfigurationKey<?>> keys() {
        List<ConfigurationKey<?>> keys = new ArrayList<>(List.of(
                REGISTRY,
                REGISTRY_PROPERTIES,
                ARMED,
                TENANTS,
                TARGETS,
                AGE,
                COOLDOWN,
                PER_SCOPE,
                OVERALL,
                WINDOW,
                SAMPLES,
                WINDOWS,
                APPROVAL,
                ATTEMPTS,
                FIRST_WAIT,
                RECOVER_WITHIN,
                COMMAND_SECRET,
                Lifeline.key()));
        keys.addAll(KafkaClientSettings.keys());
        keys.addAll(MetricsSettings.keys());
        return List.copyOf(keys);
    }

    /** The settings of a process. */
    public static ConsumerConfig from(Configuration configuration, String name, boolean readsChanges) {
        return new ConsumerConfig(
                name,
                KafkaClientSettings.from(configuration),
                configuration.get(REGISTRY),
                configuration.get(REGISTRY_PROPERTIES),
                guards(configuration),
                new Retries(configuration.get(ATTEMPTS), configuration.get(FIRST_WAIT)),
                new RecoverySettings(
                        configuration.get(RECOVER_WITHIN),
                        RecoverySettings.defaults().goodMinutes(),
                        RecoverySettings.defaults().excessLeft()),
                SecretFile.signature(COMMAND_SECRET.name(), configuration.get(COMMAND_SECRET)),
                readsChanges,
                MetricsSettings.from(configuration));
    }

    /** The same with other limits. */
    public ConsumerConfig withGuards(GuardSettings other) {
        return new ConsumerConfig(
                name,
                kafka,
                registryUrl,
                registryProperties,
                other,
                retries,
                recovery,
                commandSecret,
                readsChanges,
                metrics);
    }

    private static GuardSettings guards(Configuration configuration) {
        GuardSettings guards = new GuardSettings(
                configuration.get(ARMED),
                names(configuration.get(TENANTS)),
                names(configuration.get(TARGETS)),
                configuration.get(AGE),
                configuration.get(COOLDOWN),
                configuration.get(PER_SCOPE),
                configuration.get(OVERALL),
                configuration.get(WINDOW),
                configuration.get(SAMPLES),
                configuration.get(WINDOWS),
                configuration.get(APPROVAL));
        if (guards.armed() && (guards.tenants().isEmpty() || guards.targets().isEmpty())) {
            throw new ConfigurationException(
                    "actions.armed = 'true' needs actions.tenants and actions.targets: an armed consumer acts only on what is listed");
        }
        return guards;
    }

    private static Set<String> names(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
