package io.tidemark.jobs.quality.join;

/** What inferences and outcomes meet under: a trace, a session, or an outcome that stands for itself. */
public final class JoinKey {

    private static final char SEPARATOR = '\n';
    private static final String SESSION = "s";

    private JoinKey() {}

    /** Key of a trace. */
    public static String ofTrace(String tenant, String traceId) {
        return tenant + SEPARATOR + "t" + SEPARATOR + traceId;
    }

    /** Key of a session. */
    public static String ofSession(String tenant, String sessionId) {
        return tenant + SEPARATOR + SESSION + SEPARATOR + sessionId;
    }

    /** Key of an outcome that names neither trace nor session, or is not used. */
    public static String ofOutcome(String tenant, String outcomeId) {
        return tenant + SEPARATOR + "o" + SEPARATOR + outcomeId;
    }

    /** Tenant of a key. */
    public static String tenant(String key) {
        return key.substring(0, key.indexOf(SEPARATOR));
    }

    /** Whether a key is one of a session. */
    public static boolean isSession(String key) {
        return key.startsWith(SESSION + SEPARATOR, key.indexOf(SEPARATOR) + 1);
    }
}
