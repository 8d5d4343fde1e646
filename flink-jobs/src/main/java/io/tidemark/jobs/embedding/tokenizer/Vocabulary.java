package io.tidemark.jobs.embedding.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * The pieces of a WordPiece model with their ids: two tables with open addressing, one for pieces that begin a word and
 * one for those that go on with it, looked up by a range of characters without creating an object. Immutable.
 */
public final class Vocabulary {

    private static final String CONTINUATION = "##";
    private static final int MULTIPLIER = 0x01000193;

    private final Table beginnings = new Table();
    private final Table continuations = new Table();

    /** One table; pieces lie one after the other in one array of characters. */
    private static final class Table {

        private static final int SLOTS = 1 << 17;
        private final int[] ids = new int[SLOTS];
        private final int[] starts = new int[SLOTS];
        private final int[] lengths = new int[SLOTS];
        private char[] characters = new char[SLOTS];
        private int used;

        private void put(char[] piece, int id) {
            int slot = slot(hash(piece, 0, piece.length));
            while (lengths[slot] != 0) {
                slot = slot + 1 & SLOTS - 1;
            }
            if (used + piece.length > characters.length) {
                characters = java.util.Arrays.copyOf(characters, characters.length * 2);
            }
            System.arraycopy(piece, 0, characters, used, piece.length);
            ids[slot] = id;
            starts[slot] = used;
            lengths[slot] = piece.length;
            used += piece.length;
        }

        private int find(char[] text, int from, int to, int hash) {
            int length = to - from;
            for (int slot = slot(hash); lengths[slot] != 0; slot = slot + 1 & SLOTS - 1) {
                if (lengths[slot] == length && isAt(slot, text, from, length)) {
                    return ids[slot];
                }
            }
            return ABSENT;
        }

        private boolean isAt(int slot, char[] text, int from, int length) {
            int start = starts[slot];
            for (int i = 0; i < length; i++) {
                if (characters[start + i] != text[from + i]) {
                    return false;
                }
            }
            return true;
        }

        private static int slot(int hash) {
            return (hash ^ hash >>> 15) & SLOTS - 1;
        }
    }

    /** Says that there is no such piece. */
    static final int ABSENT = -1;

    private Vocabulary(Map<String, Integer> pieces) {
        pieces.forEach((piece, id) -> {
            boolean continues = piece.startsWith(CONTINUATION) && piece.length() > CONTINUATION.length();
            if (continues) {
                continuations.put(piece.substring(CONTINUATION.length()).toCharArray(), id);
            } else {
                beginnings.put(piece.toCharArray(), id);
            }
        });
    }

    /**
     * Reads the vocabulary of a {@code tokenizer.json} as the Hugging Face tokenizers library writes it.
     *
     * @throws IOException when the file holds no WordPiece model
     */
    public static Vocabulary read(InputStream tokenizerJson) throws IOException {
        JsonNode vocabulary =
                new ObjectMapper().readTree(tokenizerJson).path("model").path("vocab");
        if (!vocabulary.isObject()) {
            throw new IOException("the tokenizer file has no model.vocab; only WordPiece models can be read");
        }
        Map<String, Integer> pieces = new java.util.HashMap<>();
        vocabulary
                .properties()
                .forEach(entry -> pieces.put(entry.getKey(), entry.getValue().intValue()));
        return new Vocabulary(pieces);
    }

    /** Id of a piece that is a whole token of the model, such as {@code [CLS]}; {@link #ABSENT} without one. */
    int id(String piece) {
        char[] text = piece.toCharArray();
        return beginnings.find(text, 0, text.length, hash(text, 0, text.length));
    }

    /** Id of the piece at a range of characters with the given hash; {@link #ABSENT} without one. */
    int find(char[] text, int from, int to, int hash, boolean continues) {
        return (continues ? continuations : beginnings).find(text, from, to, hash);
    }

    private static int hash(char[] text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = append(hash, text[i]);
        }
        return hash;
    }

    /** Hash of a range with one more character; that of an empty range is 0. */
    static int append(int hash, char character) {
        return (hash ^ character) * MULTIPLIER;
    }
}
