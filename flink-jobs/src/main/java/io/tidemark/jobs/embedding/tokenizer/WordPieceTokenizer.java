package io.tidemark.jobs.embedding.tokenizer;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * BERT's uncased tokenizer: control characters are left out, accents stripped, letters lowered, words split at spaces and
 * punctuation, and each word taken apart into the longest pieces of the vocabulary.
 *
 * <p>Y. Wu et al., "Google's neural machine translation system", 2016, arXiv:1609.08144; J. Devlin et al., "BERT",
 * NAACL 2019. Differs from the papers: nothing; ids equal those of the Hugging Face tokenizers library, the names of the
 * model's own tokens (such as {@code [SEP]}) inside a text included.
 *
 * <p>Not thread-safe: one instance a thread, over one {@link Vocabulary}.
 */
public final class WordPieceTokenizer {

    private static final int LONGEST_WORD = 100;
    private static final int ASCII = 0x80;
    private static final String[] NAMED = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};

    private final Vocabulary vocabulary;
    private final int maximumTokens;
    private final int[] namedIds;
    private final int start;
    private final int end;
    private final int unknown;

    private final int[] ids;
    private int count;
    private boolean truncated;

    private char[] word = new char[LONGEST_WORD * 2 + 2];
    private int wordLength;
    private int wordCharacters;
    private final int[] hashes = new int[LONGEST_WORD * 2 + 3];

    /**
     * A tokenizer.
     *
     * @param maximumTokens longest result, marks of start and end included, at least 3
     * @throws IllegalArgumentException when the vocabulary has no BERT tokens
     */
    public WordPieceTokenizer(Vocabulary vocabulary, int maximumTokens) {
        if (maximumTokens < 3) {
            throw new IllegalArgumentException("maximumTokens must be at least 3, got " + maximumTokens);
        }
        this.vocabulary = vocabulary;
        this.maximumTokens = maximumTokens;
        namedIds = Arrays.stream(NAMED).mapToInt(vocabulary::id).toArray();
        if (Arrays.stream(namedIds).anyMatch(id -> id == Vocabulary.ABSENT)) {
            throw new IllegalArgumentException("the vocabulary lacks one of " + Arrays.toString(NAMED));
        }
        unknown = namedIds[1];
        start = namedIds[2];
        end = namedIds[3];
        ids = new int[maximumTokens];
    }

    /** Tokens of a text. */
    public Tokens encode(String text) {
        ids[0] = start;
        count = 1;
        truncated = false;
        wordLength = 0;
        wordCharacters = 0;
        int from = 0;
        for (int mark = text.indexOf('['); mark >= 0 && !truncated; mark = text.indexOf('[', mark + 1)) {
            int named = namedAt(text, mark);
            if (named >= 0) {
                plain(text, from, mark);
                emit(namedIds[named]);
                from = mark + NAMED[named].length();
            }
        }
        plain(text, from, text.length());
        int[] result = Arrays.copyOf(ids, count + 1);
        result[count] = end;
        return new Tokens(result, truncated);
    }

    private static int namedAt(String text, int position) {
        for (int i = 0; i < NAMED.length; i++) {
            if (text.startsWith(NAMED[i], position)) {
                return i;
            }
        }
        return -1;
    }

    private void plain(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) >= ASCII) {
                unicode(text.substring(from, to));
                return;
            }
        }
        for (int i = from; i < to && !truncated; i++) {
            ascii(text.charAt(i));
        }
        endWord();
    }

    private void ascii(char character) {
        if (character >= 'a' && character <= 'z' || character >= '0' && character <= '9') {
            append(character);
        } else if (character >= 'A' && character <= 'Z') {
            append((char) (character + ('a' - 'A')));
        } else if (Characters.isDropped(character)) {
            return;
        } else {
            other(character);
        }
    }

    private void other(int character) {
        if (Characters.isSpace(character)) {
            endWord();
        } else if (Characters.isPunctuation(character)) {
            endWord();
            appendCodePoint(character);
            endWord();
        } else {
            appendCodePoint(character);
        }
    }

    private void unicode(String text) {
        String decomposed = Normalizer.normalize(cleaned(text), Normalizer.Form.NFD);
        int character;
        for (int i = 0; i < decomposed.length() && !truncated; i += Character.charCount(character)) {
            character = decomposed.codePointAt(i);
            if (character < ASCII) {
                ascii((char) character);
            } else if (!Characters.isAccent(character)) {
                lowered(character);
            }
        }
        endWord();
    }

    private static String cleaned(String text) {
        StringBuilder cleaned = new StringBuilder(text.length() + 16);
        text.codePoints().filter(character -> !Characters.isDropped(character)).forEach(character -> {
            if (Characters.isSpace(character)) {
                cleaned.append(' ');
            } else if (Characters.isIdeograph(character)) {
                cleaned.append(' ').appendCodePoint(character).append(' ');
            } else {
                cleaned.appendCodePoint(character);
            }
        });
        return cleaned.toString();
    }

    private void lowered(int character) {
        other(Character.toLowerCase(character));
    }

    private void appendCodePoint(int character) {
        if (Character.isBmpCodePoint(character)) {
            append((char) character);
        } else if (wordCharacters <= LONGEST_WORD) {
            word[wordLength++] = Character.highSurrogate(character);
            word[wordLength++] = Character.lowSurrogate(character);
            wordCharacters++;
        }
    }

    private void append(char character) {
        if (wordCharacters <= LONGEST_WORD) {
            word[wordLength++] = character;
            wordCharacters++;
        }
    }

    private void endWord() {
        if (wordLength > 0 && !truncated) {
            if (wordCharacters > LONGEST_WORD) {
                emit(unknown);
            } else {
                pieces();
            }
        }
        wordLength = 0;
        wordCharacters = 0;
    }

    /** Longest piece first; a word with a part that is no piece is unknown as a whole. */
    private void pieces() {
        int first = count;
        int from = 0;
        while (from < wordLength) {
            int hash = 0;
            for (int i = from; i < wordLength; i++) {
                hash = Vocabulary.append(hash, word[i]);
                hashes[i + 1] = hash;
            }
            int to = wordLength;
            int id = Vocabulary.ABSENT;
            for (; to > from && id == Vocabulary.ABSENT; to--) {
                id = vocabulary.find(word, from, to, hashes[to], from > 0);
            }
            if (id == Vocabulary.ABSENT) {
                count = first;
                truncated = false;
                emit(unknown);
                return;
            }
            emit(id);
            from = to + 1;
        }
    }

    private void emit(int id) {
        if (count < maximumTokens - 1) {
            ids[count++] = id;
        } else {
            truncated = true;
        }
    }
}
