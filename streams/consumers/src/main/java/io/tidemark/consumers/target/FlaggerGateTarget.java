package io.tidemark.consumers.target;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Flagger asks a gate whether it is to roll back. A rollback opens the gate of one canary, {@code namespace/name}, for a while;
 * {@link FlaggerGateServer} answers for it. The gates of the audit are opened again when the process starts.
 */
public final class FlaggerGateTarget implements ActionTarget {

    /** Name of the adapter. */
    public static final String ADAPTER = "flagger";

    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private final Duration openFor;
    private final Clock clock;

    private record Gate(String decisionId, Instant until) {}

    /** @param openFor how long a gate stays open; longer than Flagger's interval between two checks */
    public FlaggerGateTarget(Duration openFor, Clock clock) {
        this.openFor = openFor;
        this.clock = clock;
    }

    @Override
    public String adapter() {
        return ADAPTER;
    }

    @Override
    public TargetState read(ActionRequest request) {
        Optional<Gate> gate = open(request.target());
        return new TargetState(
                gate.map(Gate::decisionId).orElse("closed"),
                gate.isEmpty(),
                gate.map(Gate::decisionId),
                Json.text(Map.of("gate", gate.isPresent() ? "open" : "closed")));
    }

    @Override
    public void act(ActionRequest request, TargetState seen) {
        remember(request.target(), request.decisionId(), clock.instant());
    }

    @Override
    public void remember(String target, String decisionId, Instant at) {
        gates.put(target, new Gate(decisionId, at.plus(openFor)));
    }

    /** Whether a canary is to be rolled back now. */
    boolean isOpen(String target) {
        return open(target).isPresent();
    }

    private Optional<Gate> open(String target) {
        return Optional.ofNullable(gates.get(target))
                .filter(gate -> clock.instant().isBefore(gate.until()));
    }
}
