package io.tidemark.jobs.embedding.tokenizer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * What the reference tokenizer takes a character for: categories of Unicode 8, listed in {@code characters.txt}, because
 * those of this JVM are newer and change with it.
 */
final class Characters {

    private static final int ASCII = 0x80;
    private static final int HEXADECIMAL = 16;
    private static final BitSet ACCENTS = new BitSet();
    private static final BitSet PUNCTUATION = new BitSet();
    private static final BitSet DROPPED = new BitSet();

    static {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Characters.class.getResourceAsStream("characters.txt"), StandardCharsets.US_ASCII))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(Characters::addRanges);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read characters.txt, which lies beside this class", e);
        }
    }

    private Characters() {}

    private static void addRanges(String line) {
        String[] words = line.split(" ");
        BitSet set =
                switch (words[0]) {
                    case "accent" -> ACCENTS;
                    case "punctuation" -> PUNCTUATION;
                    case "dropped" -> DROPPED;
                    default -> throw new IllegalStateException("characters.txt has a line '%s'".formatted(words[0]));
                };
        for (int i = 1; i < words.length; i++) {
            String[] ends = words[i].split("-");
            int first = Integer.parseInt(ends[0], HEXADECIMAL);
            set.set(first, Integer.parseInt(ends[ends.length - 1], HEXADECIMAL) + 1);
        }
    }

    /** Whether the character is left out before anything else. */
    static boolean isDropped(int character) {
        return character < ASCII
                ? character < ' ' && character != '\t' && character != '\n' && character != '\r' || character == 0x7F
                : DROPPED.get(character);
    }

    /** Unicode's White_Space. */
    static boolean isSpace(int character) {
        return character == ' '
                || character >= '\t' && character <= '\r'
                || character == 0x85
                || character == 0xA0
                || character == 0x1680
                || character >= 0x2000 && character <= 0x200A
                || character == 0x2028
                || character == 0x2029
                || character == 0x202F
                || character == 0x205F
                || character == 0x3000;
    }

    static boolean isPunctuation(int character) {
        return character < ASCII
                ? character >= '!' && character <= '/'
                        || character >= ':' && character <= '@'
                        || character >= '[' && character <= '`'
                        || character >= '{' && character <= '~'
                : PUNCTUATION.get(character);
    }

    /** Characters that are words by themselves; Hangul, Kana and the like are not. */
    static boolean isIdeograph(int character) {
        return character >= 0x4E00 && character <= 0x9FFF
                || character >= 0x3400 && character <= 0x4DBF
                || character >= 0x20000 && character <= 0x2A6DF
                || character >= 0x2A700 && character <= 0x2B73F
                || character >= 0x2B740 && character <= 0x2B81F
                || character >= 0x2B920 && character <= 0x2CEAF
                || character >= 0xF900 && character <= 0xFAFF
                || character >= 0x2F800 && character <= 0x2FA1F;
    }

    static boolean isAccent(int character) {
        return ACCENTS.get(character);
    }
}
