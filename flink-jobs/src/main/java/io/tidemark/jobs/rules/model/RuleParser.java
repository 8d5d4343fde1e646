package io.tidemark.jobs.rules.model;

import io.tidemark.contracts.avro.Severity;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.jobs.rules.model.AlertRule.Output;
import io.tidemark.jobs.windows.SliceLattice;
import io.tidemark.jobs.windows.SliceLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a rule's file and says everything that is wrong with it. */
public final class RuleParser {

    /** What a breach can be about. */
    public static final List<String> KINDS =
            List.of("error", "latency", "cost", "drift", "quality", "safety", "capacity", "no_data");

    private static final List<String> SEVERITIES = List.of("critical", "warning", "info");
    private static final String NO_ACTION = "none";
    private static final List<String> ACTIONS = List.of(NO_ACTION, "rollback", "retrain");
    private static final List<String> ROLES = List.of("production", "canary", "shadow", "unknown");

    /** What producers do not say may be anything, and must not fall out of sight. */
    private static final Set<String> USUAL_ROLES = Set.of("production", "canary", "unknown");

    private static final String ID_PATTERN = "[a-z0-9][a-z0-9-]*";

    private final List<String> levels;

    /** Knows the levels of the standard lattice. */
    public RuleParser() {
        this(SliceLattice.parse(SliceLattice.STANDARD));
    }

    /** Knows the levels of a lattice. */
    public RuleParser(SliceLattice lattice) {
        levels = lattice.levels().stream().map(SliceLevel::name).toList();
    }

    /**
     * Reads one rule.
     *
     * @param file name of the file, for messages; the rule's id must be its name without {@code .yaml}
     * @param text the YAML text
     * @throws InvalidRuleException naming file, line, key and the allowed values of every mistake
     */
    public AlertRule parse(String file, String text) throws InvalidRuleException {
        List<RuleProblem> problems = new ArrayList<>();
        Optional<Node> root = compose(file, text, problems);
        if (root.isEmpty()) {
            if (problems.isEmpty()) {
                problems.add(new RuleProblem(file, 0, "", "is empty"));
            }
            throw new InvalidRuleException(problems);
        }
        AlertRule rule = rule(file, new RuleSection(file, "", root.get(), problems));
        if (!problems.isEmpty()) {
            throw new InvalidRuleException(problems);
        }
        return rule;
    }

    private static Optional<Node> compose(String file, String text, List<RuleProblem> problems) {
        try {
            return new Compose(LoadSettings.builder().setLabel(file).build()).composeString(text);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            problems.add(new RuleProblem(file, line, "", "is no YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            problems.add(new RuleProblem(file, 0, "", "is no YAML: " + e.getMessage()));
        }
        return Optional.empty();
    }

    private AlertRule rule(String file, RuleSection root) {
        String id = id(file, root);
        String description = root.text("description", "a sentence that says what is wrong when it fires");
        String kind = root.oneOf("kind", KINDS, null);
        String severity = root.oneOf("severity", SEVERITIES, null);
        RuleSection slices = root.section("slices");
        Set<String> onLevels = slices == null ? Set.of() : slices.someOf("levels", levels, Set.of());
        Set<String> roles = slices == null ? Set.of() : slices.someOf("roles", ROLES, USUAL_ROLES);
        RuleSection section = root.section("test");
        TestTypes.Parsed test = section == null ? new TestTypes.Parsed(null, "") : TestTypes.parse(section);
        Duration sustain = root.duration("sustain", Duration.ZERO, Duration.ZERO);
        Duration resolveAfter = root.duration("resolve-after", Duration.ZERO, Duration.ofMinutes(5));
        String action = root.oneOf("action", ACTIONS, NO_ACTION);
        String runbook = root.text("runbook", "a page that says what to do");
        String output = root.oneOf(
                "output",
                Arrays.stream(Output.values())
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .toList(),
                "alert");
        int top = (int) Math.min(Integer.MAX_VALUE, root.count("top", 1, 0L));
        root.refuseOthers();
        if (slices != null) {
            slices.refuseOthers();
        }
        if (section != null) {
            section.refuseOthers();
        }
        return new AlertRule(
                id,
                description,
                kind,
                Severity.valueOf(severity.toUpperCase(Locale.ROOT)),
                test.measure(),
                onLevels,
                roles.stream()
                        .map(role -> TrafficRole.valueOf(role.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet()),
                test.test(),
                sustain,
                resolveAfter,
                action.equals(NO_ACTION) ? null : action,
                runbook,
                Output.valueOf(output.toUpperCase(Locale.ROOT)),
                top);
    }

    private static String id(String file, RuleSection root) {
        String id = root.text("id", "the name of the file without .yaml");
        String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        String expected = name.endsWith(".yaml") ? name.substring(0, name.length() - ".yaml".length()) : id;
        if (!id.isEmpty() && !id.matches(ID_PATTERN)) {
            root.refuse("id", "'%s' is not allowed; allowed are small letters, digits and hyphens".formatted(id));
        } else if (!id.isEmpty() && !id.equals(expected)) {
            root.refuse("id", "'%s' is not allowed; allowed is the name of the file, '%s'".formatted(id, expected));
        }
        return id;
    }
}
