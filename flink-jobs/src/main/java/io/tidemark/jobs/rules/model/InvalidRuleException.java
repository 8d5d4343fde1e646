package io.tidemark.jobs.rules.model;

import java.util.List;
import java.util.stream.Collectors;

/** A rule that cannot be used; names every problem with its file, line, key and the allowed values. */
public final class InvalidRuleException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<RuleProblem> problems;

    InvalidRuleException(List<RuleProblem> problems) {
        super(problems.stream().map(RuleProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in the order of the file. */
    public List<RuleProblem> problems() {
        return problems;
    }
}
