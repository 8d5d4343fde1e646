package io.tidemark.testing;

import java.util.List;

/**
 * A text of which it is known where its personal data is.
 *
 * @param text the text
 * @param entities the personal data in it
 */
public record LabelledText(String text, List<Entity> entities) {

    /**
     * Personal data.
     *
     * @param type EMAIL, PHONE, CARD, IBAN, IP, SSN or SECRET
     * @param value as the text has it
     * @param start index of its first character
     */
    public record Entity(String type, String value, int start) {

        /** Index after its last character. */
        public int end() {
            return start + value.length();
        }
    }

    public LabelledText {
        entities = List.copyOf(entities);
    }
}
