package io.tidemark.console.api;

import java.util.List;
import java.util.SplittableRandom;

/** Values that no parameter may have. */
final class Hostile {

    private static final List<String> SEEDS = List.of(
            "' OR '1'='1",
            "'; DROP TABLE windows_store; --",
            "\\",
            "\\'",
            "{tenant:String}",
            "${jndi:ldap://x}",
            "<script>alert(1)</script>",
            "../../etc/passwd\u0000",
            "\r\nX-Injected: 1",
            "\u202e'",
            "\"",
            "`",
            "a".repeat(257) + "'",
            "1e309'",
            "0x7fffffff'",
            "-1;",
            "2026-13-45T99:99:99Z'",
            "now()'",
            "%27",
            "\ud800'",
            "?&'");

    private Hostile() {}

    /** A seed with noise around it; always holds a character that no name, number or moment has. */
    static String value(SplittableRandom random) {
        StringBuilder value = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        for (int i = random.nextInt(5); i > 0; i--) {
            value.insert(random.nextInt(value.length() + 1), (char) random.nextInt(1, 0x500));
        }
        return value.append(random.nextBoolean() ? "'" : "\u0001").toString();
    }
}
