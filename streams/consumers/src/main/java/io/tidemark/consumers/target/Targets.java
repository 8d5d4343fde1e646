package io.tidemark.consumers.target;

import io.tidemark.consumers.target.TargetException.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The targets that one consumer can act on, by adapter. */
public final class Targets {

    private final Map<String, ActionTarget> targets;

    public Targets(List<ActionTarget> targets) {
        this.targets =
                new TreeMap<>(targets.stream().collect(Collectors.toMap(ActionTarget::adapter, Function.identity())));
    }

    /** Tells the target of an adapter what was carried out on it before. */
    public void remember(String adapter, String name, String decisionId, Instant at) {
        ActionTarget target = targets.get(adapter);
        if (target != null) {
            target.remember(name, decisionId, at);
        }
    }

    /**
     * The target of an adapter.
     *
     * @throws TargetException when there is none; the message lists them
     */
    public ActionTarget named(String adapter) throws TargetException {
        ActionTarget target = targets.get(adapter);
        if (target == null) {
            throw new TargetException(
                    Kind.REFUSED, "unknown target adapter '%s'; known are %s".formatted(adapter, targets.keySet()));
        }
        return target;
    }
}
