package io.tidemark.gateway.fuzz;

import java.lang.management.ManagementFactory;

/** Memory of this process. */
public final class Heap {

    private Heap() {}

    /** Bytes that are held after everything that may go has gone. */
    public static long heldBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
