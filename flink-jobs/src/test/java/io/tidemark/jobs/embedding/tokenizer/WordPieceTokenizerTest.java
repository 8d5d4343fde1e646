package io.tidemark.jobs.embedding.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ids equal those of the reference tokenizer. */
class WordPieceTokenizerTest {

    private static final int MAXIMUM_TOKENS = 256;
    private static final List<String> HARD = List.of(
            "",
            " ",
            "\t\n\r\f\u000b",
            "That is a happy person",
            "unaffable, tokenisation-of-things; don't!",
            "[CLS] inside [SEP] a text [MASK][PAD] [cls] [UN] [UNK]x",
            "Caf\u00e9 cafe\u0301 \u0130stanbul \u1E9E \u00DF \u03A3\u03AF\u03C3\u03C5\u03C6\u03BF\u03C2 \u01C5",
            "\u4f60\u597d\u4e16\u754c mixed\u4e2dtext \u3053\u3093\u306b\u3061\u306f \ud55c\uad6d\uc5b4 \uff21\uff22\uff0c",
            "emoji \ud83d\ude00\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 flag \ud83c\uddeb\ud83c\uddf7 new \ud83e\udee0",
            "zero\u200bwidth soft\u00adhyphen bom\ufeff nbsp\u00a0 line\u2028sep para\u2029 ideographic\u3000space",
            "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u05e2\u05d1\u05e8\u05d9\u05ea \u0939\u093f\u0928\u094d\u0926\u0940 \u0e44\u0e17\u0e22",
            "price \u20ac12.50 \u00a35 50\u2103 \u00bd x\u00b2 \u2014 \u201cquoted\u201d \u2026 \u00bfqu\u00e9?",
            "a".repeat(100) + " " + "a".repeat(101) + " " + "\ud835\udd4f".repeat(100) + " \ud835\udd4f"
                    + "b".repeat(100),
            "\ud835\udd4f".repeat(100) + "y",
            "word ".repeat(500),
            "\u0000nul \u0001 \ufffd replaced \ue000 private \u0085 next",
            "https://example.com/a?b=c&d=%20#frag user@example.org 192.168.0.1 C:\\dir\\file.txt",
            "def f(x):\n    return {'k': [1, 2.5e-3], \"s\": f\"{x!r}\"}  # comment",
            "\u1100\u1161\u11a8 \u0958 \u212b \ufb01 \u2126 \uf900 \ud87e\udc00 \u0f77 \u3099",
            "later than Unicode 8: \u08d3 \u0afa \u1df9 \u2e43 \ud806\udc3b \u166d");

    private static WordPieceTokenizer own;
    private static HuggingFaceTokenizer reference;

    @BeforeAll
    static void open() throws IOException {
        byte[] file;
        try (InputStream resource =
                WordPieceTokenizerTest.class.getResourceAsStream("/all-minilm-l6-v2-tokenizer.json")) {
            file = resource.readAllBytes();
        }
        own = new WordPieceTokenizer(Vocabulary.read(new ByteArrayInputStream(file)), MAXIMUM_TOKENS);
        reference = HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(file),
                Map.of("padding", "false", "truncation", "true", "maxLength", String.valueOf(MAXIMUM_TOKENS)));
    }

    @AfterAll
    static void close() {
        reference.close();
    }

    private static void assertSameIds(String text) {
        int[] expected = Arrays.stream(reference.encode(text).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
        assertThat(own.encode(text).ids())
                .as(() -> text.chars().mapToObj(Integer::toHexString).toList().toString())
                .containsExactly(expected);
    }

    @Test
    void hardTextsHaveTheIdsOfTheReference() {
        HARD.forEach(WordPieceTokenizerTest::assertSameIds);
    }

    @Test
    void everyCharacterOfTheFirstPlanesHasTheIdsOfTheReference() {
        for (int start = 0; start < 0x20000; start += 16) {
            StringBuilder text = new StringBuilder();
            for (int character = start; character < start + 16; character++) {
                if (Character.getType(character) != Character.SURROGATE) {
                    text.append(" x").appendCodePoint(character).append('y').append(character % 10);
                }
            }
            assertSameIds(text.toString());
        }
    }

    @Test
    void randomUnicodeHasTheIdsOfTheReference() {
        Random random = new Random(20261121);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(60);
            for (int k = 0; k < length; k++) {
                int plane = random.nextInt(10);
                int bound = plane < 4 ? 0x80 : plane < 7 ? 0x600 : plane < 9 ? 0xD800 : 0x30000;
                int character = random.nextInt(bound);
                if (Character.getType(character) != Character.SURROGATE) {
                    text.appendCodePoint(character);
                }
            }
            assertSameIds(text.toString());
        }
    }

    @Test
    void aLongTextIsCutAndSaysSo() {
        Tokens tokens = own.encode("word ".repeat(300));

        assertThat(tokens.truncated()).isTrue();
        assertThat(tokens.ids()).hasSize(MAXIMUM_TOKENS);
        assertThat(own.encode("word ".repeat(MAXIMUM_TOKENS - 2)).truncated()).isFalse();
        assertThat(own.encode("").ids()).hasSize(2);
    }

    @Test
    void aTextOfAMegabyteIsReadOnlyAsFarAsItIsNeeded() {
        String text = new String(new char[1 << 20]).replace('\0', 'x');

        assertThat(own.encode(text).ids()).hasSize(3);
        assertThat(own.encode("a b ".repeat(1 << 18)).ids()).hasSize(MAXIMUM_TOKENS);
        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSize(1 << 20);
    }
}
