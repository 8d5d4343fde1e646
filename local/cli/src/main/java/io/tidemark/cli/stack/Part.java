package io.tidemark.cli.stack;

import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A supervised process, seen by the watchdog.
 *
 * @param name what it is, for people
 * @param metrics its metrics endpoints by the name of what they speak of; empty when it has none
 * @param alive whether the process runs
 * @param pid its process id
 * @param restart starts it again with the same data and addresses, and returns when it serves
 * @param stop ends it in good order
 */
record Part(
        String name,
        Map<String, String> metrics,
        BooleanSupplier alive,
        LongSupplier pid,
        Runnable restart,
        Runnable stop) {

    boolean isAlive() {
        return alive.getAsBoolean();
    }

    StackState.PartState state() {
        return new StackState.PartState(name, pid.getAsLong(), metrics);
    }
}
