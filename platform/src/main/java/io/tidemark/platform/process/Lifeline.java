package io.tidemark.platform.process;

import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;

/**
 * Ends a child process with its parent: the parent holds the other end of the child's standard input, and when that ends,
 * however the parent died, the child exits.
 *
 * <p>A child with a lifeline also ignores the terminal's interrupt (Ctrl-C), which reaches every process of the terminal at once:
 * the parent stops its children in an order of its own.
 */
public final class Lifeline {

    private static final ConfigurationKey<String> KEY =
            ConfigurationKey.oneOf("lifeline", "none", Set.of("none", "stdin"), "stdin: exit when standard input ends");

    private static final Duration SHUTDOWN_DEADLINE = Duration.ofSeconds(15);
    private static final int HALTED = 3;

    private Lifeline() {}

    /** The key that a supervised process declares. */
    public static ConfigurationKey<String> key() {
        return KEY;
    }

    /** Starts the watch when the process was told to. */
    public static void attach(Configuration configuration) {
        if (configuration.get(KEY).equals("stdin")) {
            exitWhenParentIsGone();
        }
    }

    /**
     * Starts a daemon thread that exits the process with code 0, running its shutdown hooks, when standard input ends. Hooks that
     * hang for 15 s are cut off with code 3.
     */
    public static void exitWhenParentIsGone() {
        whenEnded(System.in, () -> System.exit(0));
    }

    /**
     * Starts a daemon thread that runs something when a pipe ends, and halts the process if it still lives 15 s later.
     *
     * @param pipe standard input, or what a process kept of it
     * @param stop ends the process in an orderly way
     */
    public static void whenEnded(InputStream pipe, Runnable stop) {
        ignoreTerminalInterrupt();
        daemon("lifeline", () -> {
            readToEnd(pipe);
            daemon("halt", Lifeline::haltAfterDeadline);
            stop.run();
        });
    }

    private static void readToEnd(InputStream pipe) {
        try {
            while (pipe.read() >= 0) {
                // what the parent writes has no meaning; only the end of the stream has
            }
        } catch (IOException e) {
            // a broken pipe says the same as its end
        }
    }

    private static void haltAfterDeadline() {
        try {
            Thread.sleep(SHUTDOWN_DEADLINE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(HALTED);
    }

    private static void daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** By reflection: the class belongs to no documented package, and without it the child is merely less orderly at Ctrl-C. */
    private static void ignoreTerminalInterrupt() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance("INT"),
                            handler.getField("SIG_IGN").get(null));
        } catch (ReflectiveOperationException e) {
            System.err.println("This JVM cannot ignore the terminal's interrupt: " + e);
        }
    }
}
