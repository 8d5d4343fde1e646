package io.tidemark.cli.rules;

import io.tidemark.cli.CommandFailure;
import io.tidemark.jobs.rules.model.AlertRule;
import io.tidemark.jobs.rules.model.InvalidRuleException;
import io.tidemark.jobs.rules.model.RuleParser;
import io.tidemark.jobs.rules.model.RuleProblem;
import io.tidemark.jobs.rules.model.ShippedRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rules as files, each read and checked.
 *
 * @param texts text of each file by its name
 * @param rules the rules that can be used, by id
 * @param problems everything that is wrong with the others
 */
record RuleFiles(Map<String, String> texts, Map<String, AlertRule> rules, List<RuleProblem> problems) {

    /**
     * Reads files and folders of files; the rules that come along when none is named.
     *
     * @throws CommandFailure when a file cannot be read, or there is none
     */
    static RuleFiles read(List<Path> places) {
        Map<String, String> texts = new TreeMap<>();
        Map<String, String> shown = new TreeMap<>();
        if (places.isEmpty()) {
            texts.putAll(ShippedRules.texts());
            texts.keySet().forEach(name -> shown.put(name, name));
        }
        for (Path place : places) {
            for (Map.Entry<String, String> file : files(place).entrySet()) {
                Path path = Files.isDirectory(place) ? place.resolve(file.getKey()) : place;
                texts.put(file.getKey(), file.getValue());
                if (shown.put(file.getKey(), path.toString()) != null) {
                    throw new CommandFailure("two files are called %s; an id names one rule".formatted(file.getKey()));
                }
            }
        }
        return check(texts, shown);
    }

    private static Map<String, String> files(Path place) {
        try {
            Map<String, String> files = Files.isDirectory(place)
                    ? ShippedRules.read(place)
                    : Map.of(place.getFileName().toString(), Files.readString(place));
            if (files.isEmpty()) {
                throw new CommandFailure("the folder '%s' holds no rule; rules are files *.yaml".formatted(place));
            }
            return files;
        } catch (IOException e) {
            throw new CommandFailure("'%s' cannot be read: %s".formatted(place, e.getMessage()), e);
        }
    }

    private static RuleFiles check(Map<String, String> texts, Map<String, String> shown) {
        RuleParser parser = new RuleParser();
        Map<String, AlertRule> rules = new TreeMap<>();
        List<RuleProblem> problems = new ArrayList<>();
        texts.forEach((name, text) -> {
            try {
                AlertRule rule = parser.parse(shown.get(name), text);
                rules.put(rule.id(), rule);
            } catch (InvalidRuleException e) {
                problems.addAll(e.problems());
            }
        });
        return new RuleFiles(texts, rules, problems);
    }
}
