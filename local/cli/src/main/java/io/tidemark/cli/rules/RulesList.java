package io.tidemark.cli.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cli.stack.RuleTopic;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.cli.terminal.TextTable;
import io.tidemark.contracts.avro.Rule;
import io.tidemark.jobs.rules.model.AlertRule;
import io.tidemark.jobs.rules.model.InvalidRuleException;
import io.tidemark.jobs.rules.model.RuleParser;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the published rules. */
@Command(
        name = "list",
        description = "List the published alert rules of the running stack.",
        mixinStandardHelpOptions = true)
final class RulesList implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HASH_DIGITS = 12;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        Terminal terminal = Terminal.of(spec);
        Collection<Rule> rules =
                new RuleTopic(RunningStack.require(stack), "").read().values();
        if (json) {
            for (Rule rule : rules) {
                terminal.print(JSON.writeValueAsString(object(rule)));
            }
        } else {
            table(rules).forEach(terminal::print);
        }
        return 0;
    }

    private static List<String> table(Collection<Rule> rules) {
        TextTable table = new TextTable("rule", "version", "severity", "hash", "in force from", "description");
        for (Rule rule : rules) {
            Optional<AlertRule> read = read(rule);
            table.add(List.of(
                    rule.getRuleId(),
                    Integer.toString(rule.getVersion()),
                    read.map(each -> each.severity().name().toLowerCase(Locale.ROOT))
                            .orElse("-"),
                    rule.getHash()
                            .substring(0, Math.min(HASH_DIGITS, rule.getHash().length())),
                    rule.getEffectiveTime().toString(),
                    rule.getRetired()
                            ? "retired"
                            : read.map(AlertRule::description).orElse("cannot be read by this version")));
        }
        return table.isEmpty() ? List.of("no rule is published") : table.lines();
    }

    private static Optional<AlertRule> read(Rule rule) {
        try {
            return rule.getRetired()
                    ? Optional.empty()
                    : Optional.of(new RuleParser().parse(rule.getRuleId(), rule.getDocument()));
        } catch (InvalidRuleException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> object(Rule rule) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("rule", rule.getRuleId());
        object.put("version", rule.getVersion());
        object.put("hash", rule.getHash());
        object.put("effective_time", rule.getEffectiveTime().toString());
        object.put("retired", rule.getRetired());
        object.put("actor", rule.getActor());
        object.put("document", rule.getDocument());
        return object;
    }
}
