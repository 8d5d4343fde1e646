package io.tidemark.consumers.target;

import java.time.Instant;

/** A system that can take a version back, or start a training. */
public interface ActionTarget {

    /** Name of the adapter, as alerts and releases name it. */
    String adapter();

    /** Told at the start of the process what was carried out before, for a target that lives in this process. */
    default void remember(String target, String decisionId, Instant at) {
        // a system of its own remembers by itself
    }

    /** The state that the request would change. */
    TargetState read(ActionRequest request) throws TargetException;

    /**
     * Carries the request out, if the target is still in the state that was read. The same decision a second time has no second
     * effect.
     *
     * @throws TargetException with {@code CONFLICT} when the state is another by now; nothing has been changed then
     */
    void act(ActionRequest request, TargetState seen) throws TargetException;
}
