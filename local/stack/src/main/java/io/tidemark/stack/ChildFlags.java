package io.tidemark.stack;

import java.util.List;

/**
 * Flags of the child JVMs: small heaps, so that the whole stack fits beside other work, and the collector without helper threads.
 */
final class ChildFlags {

    private static final String LOGGING = "-Dlog4j2.configurationFile=log4j2-child.xml";

    private ChildFlags() {}

    static List<String> broker() {
        return List.of("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=4", "-Xshare:auto", LOGGING);
    }

    static List<String> registry() {
        return List.of(
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // without it every answer waits 40 ms for an acknowledgement
                "-Dsun.net.httpserver.nodelay=true",
                LOGGING);
    }

    /** The engine allocates outside the Java heap. */
    static List<String> engine() {
        return List.of("-Xmx48m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", LOGGING);
    }
}
