package io.tidemark.stack.clickhouse;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A pseudo terminal in the place of standard input.
 *
 * <p>Without one the engine treats any exception on a connection as fatal: a dozen bytes of garbage from a client would end it. At
 * a terminal it shows a prompt, waits there for ever, and survives its clients.
 */
final class Terminal {

    /** Calls of the C library; the constants are Linux's. */
    interface CLibrary extends Library {
        int O_RDWR = 2;
        int O_NOCTTY = 256;

        int dup(int descriptor);

        int dup2(int from, int to);

        int posix_openpt(int flags);

        int grantpt(int descriptor);

        int unlockpt(int descriptor);

        String ptsname(int descriptor);

        int open(String path, int flags);

        long read(int descriptor, byte[] buffer, long count);

        long write(int descriptor, byte[] buffer, long count);
    }

    private final CLibrary library;
    private final int master;
    private final InputStream formerInput;

    private Terminal(CLibrary library, int master, InputStream formerInput) {
        this.library = library;
        this.master = master;
        this.formerInput = formerInput;
    }

    /** Moves standard input aside and puts a terminal there. */
    static Terminal open() {
        CLibrary library = Native.load("c", CLibrary.class);
        int former = check(library.dup(0), "dup");
        int master = check(library.posix_openpt(CLibrary.O_RDWR | CLibrary.O_NOCTTY), "posix_openpt");
        check(library.grantpt(master), "grantpt");
        check(library.unlockpt(master), "unlockpt");
        int slave = check(library.open(library.ptsname(master), CLibrary.O_RDWR | CLibrary.O_NOCTTY), "open");
        check(library.dup2(slave, 0), "dup2");
        return new Terminal(library, master, new DescriptorStream(library, former));
    }

    /** What standard input was before. */
    InputStream formerInput() {
        return formerInput;
    }

    /** Reads what the engine shows, and forgets it; a full terminal would block the engine. */
    void drain() {
        byte[] buffer = new byte[4096];
        while (library.read(master, buffer, buffer.length) > 0) {
            // prompts and escape codes
        }
    }

    /** Types a line. */
    void type(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        library.write(master, bytes, bytes.length);
    }

    private static int check(int result, String call) {
        if (result < 0) {
            throw new IllegalStateException(
                    "No terminal can be given to the ClickHouse engine: %s returned %d, error %d"
                            .formatted(call, result, Native.getLastError()));
        }
        return result;
    }

    /** A descriptor that Java has no object for. */
    private static final class DescriptorStream extends InputStream {

        private final CLibrary library;
        private final int descriptor;

        DescriptorStream(CLibrary library, int descriptor) {
            this.library = library;
            this.descriptor = descriptor;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return library.read(descriptor, one, 1) == 1 ? one[0] & 0xFF : -1;
        }
    }
}
