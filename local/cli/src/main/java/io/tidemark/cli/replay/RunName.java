package io.tidemark.cli.replay;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names of replay runs: the file's content, so that people recognise it, and a suffix that no other run has. */
final class RunName {

    private static final int CONTENT_DIGITS = 8;
    private static final int SUFFIX_BYTES = 4;

    private RunName() {}

    static String of(String contentId) {
        byte[] suffix = new byte[SUFFIX_BYTES];
        new SecureRandom().nextBytes(suffix);
        return "replay-%s-%s"
                .formatted(
                        contentId.substring(0, CONTENT_DIGITS), HexFormat.of().formatHex(suffix));
    }
}
