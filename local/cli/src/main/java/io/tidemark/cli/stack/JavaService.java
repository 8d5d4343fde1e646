package io.tidemark.cli.stack;

import io.tidemark.stack.ChildProcess;
import java.time.Duration;

/** A supervised process of ours: a child JVM that ends when its standard input does, and finds by itself where the last one stopped. */
final class JavaService {

    private final String name;
    private final String metricsUrl;
    private final ChildProcess.Specification specification;
    private final Duration stopDeadline;
    private volatile ChildProcess child;

    /**
     * Starts the process; it may take a while until it is ready.
     *
     * @param metricsUrl its metrics endpoint
     * @param stopDeadline time to end in good order before it is killed
     */
    JavaService(String name, String metricsUrl, ChildProcess.Specification specification, Duration stopDeadline) {
        this.name = name;
        this.metricsUrl = metricsUrl;
        this.specification = specification;
        this.stopDeadline = stopDeadline;
        this.child = ChildProcess.start(specification);
    }

    Part part() {
        return new Part(
                name,
                metricsUrl,
                () -> child.isAlive(),
                () -> child.pid(),
                () -> child = ChildProcess.start(specification),
                () -> child.stop(stopDeadline));
    }
}
