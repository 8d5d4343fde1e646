package io.tidemark.jobs.canary.pair;

import io.tidemark.contracts.trace.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What is compared of an answer's text, so that the text itself goes no further. */
public final class AnswerText {

    /** Stands for an answer without a text. */
    public static final long UNKNOWN = 0;

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private AnswerText() {}

    /** Hash of a text in Unicode's NFKC, in lower case, with single spaces; never {@link #UNKNOWN}. */
    public static long hash(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        byte[] bytes = WHITE_SPACE.matcher(plain).replaceAll(" ").strip().getBytes(StandardCharsets.UTF_8);
        long hash = Fingerprint.of(bytes, 0, bytes.length);
        return hash == UNKNOWN ? 1 : hash;
    }
}
