package io.tidemark.stack;

import java.time.Duration;

/** A server of the embedded stack: a child process on a loopback port of its own, which can be killed and started again. */
public abstract class EmbeddedServer implements AutoCloseable {

    private final String name;
    private final int port;
    private final Duration stopDeadline;
    private ChildProcess child;

    /** @param port loopback port, 0 for a free one */
    EmbeddedServer(String name, int port, Duration stopDeadline) {
        this.name = name;
        this.port = FreePorts.choose(port, name);
        this.stopDeadline = stopDeadline;
    }

    /** Starts the process and waits until it answers. */
    final void launch() {
        child = spawn();
        awaitReady(child);
    }

    /** Starts the process. */
    abstract ChildProcess spawn();

    /** Waits until the process answers. */
    abstract void awaitReady(ChildProcess started);

    final int port() {
        return port;
    }

    /** Process id of the server. */
    public final long pid() {
        return child.pid();
    }

    public final boolean isAlive() {
        return child.isAlive();
    }

    /** Ends the server as {@code kill -9} does. */
    public final void kill() {
        child.kill();
    }

    /** Starts the server again on the same port and data; a running one is stopped first. */
    public final void restart() {
        child.stop(stopDeadline);
        FreePorts.choose(port, name);
        launch();
    }

    @Override
    public final void close() {
        child.stop(stopDeadline);
    }
}
