package io.tidemark.stack.clickhouse;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import io.tidemark.platform.process.Lifeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Main class of the engine's child process: becomes a ClickHouse server by running clickhouse-local's own main. */
public final class ClickHouseProcess {

    /** Offset of {@code error_message} in the library's {@code local_result_v2}, in bytes. */
    private static final int ERROR_OFFSET = 48;

    /** What is printed when another engine has the data directory open. */
    public static final String IN_USE = "The data directory is locked by another engine.";

    /** The part of libchdb that is used. */
    interface Engine extends Library {
        void chdb_set_signal_handlers_enabled(int enabled);

        Pointer query_stable_v2(int count, StringArray arguments);
    }

    private ClickHouseProcess() {}

    /**
     * Serves until the parent is gone.
     *
     * @param arguments the library, the server's configuration file, a file for the history of the prompt, and the file to lock
     */
    public static void main(String[] arguments) throws IOException {
        if (!DataLock.hold(Path.of(arguments[3]))) {
            System.out.println(IN_USE);
            System.exit(1);
        }
        Terminal terminal = Terminal.open();
        Thread drain = new Thread(terminal::drain, "terminal-drain");
        drain.setDaemon(true);
        drain.start();
        Lifeline.whenEnded(terminal.formerInput(), () -> terminal.type("exit"));
        Engine engine = Native.load(arguments[0], Engine.class);
        // before anything else: the JVM uses these signals itself, and would die at its first null pointer
        engine.chdb_set_signal_handlers_enabled(0);
        String error = serve(engine, arguments[1], arguments[2]);
        if (error != null) {
            System.out.println(error);
            System.exit(1);
        }
    }

    private static String serve(Engine engine, String configurationFile, String historyFile) {
        List<String> arguments = List.of(
                "clickhouse-local",
                "--config-file",
                configurationFile,
                "--log-level",
                "warning",
                "--history_file",
                historyFile,
                "--disable_suggestion",
                "--interactive",
                "--query",
                "SYSTEM START LISTEN HTTP");
        Pointer result = engine.query_stable_v2(arguments.size(), new StringArray(arguments.toArray(new String[0])));
        Pointer error = result == null ? null : result.getPointer(ERROR_OFFSET);
        return error == null ? null : error.getString(0);
    }
}
