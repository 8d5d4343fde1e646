package io.tidemark.cli.format;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** The values of one JSON line, checked. Every method reads the token that the parser stands on. */
final class JsonCursor {

    private static final int SHOWN_CHARACTERS = 64;

    private final JsonParser parser;
    private final LineReader line;

    JsonCursor(JsonParser parser, LineReader line) {
        this.parser = parser;
        this.line = line;
    }

    /** Moves to the value of the next field and returns its name; null at the end of the object. */
    String nextField() throws IOException {
        if (parser.nextToken() != JsonToken.FIELD_NAME) {
            return null;
        }
        String name = parser.currentName();
        parser.nextToken();
        return name;
    }

    /** Moves to the next element; false at the end of the array. */
    boolean nextElement() throws IOException {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    boolean isText() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    void skip() throws IOException {
        parser.skipChildren();
    }

    /** Column of the current token, from 1. */
    int column() {
        return column(parser.currentTokenLocation());
    }

    static int column(JsonLocation location) {
        return Math.max(1, location.getColumnNr());
    }

    void expectObject(String field) throws IOException, MalformedLineException {
        expect(field, JsonToken.START_OBJECT, "must be an object");
    }

    void expectArray(String field) throws IOException, MalformedLineException {
        expect(field, JsonToken.START_ARRAY, "must be an array");
    }

    String text(String field) throws IOException, MalformedLineException {
        expect(field, JsonToken.VALUE_STRING, "must be a text");
        return parser.getText();
    }

    boolean flag(String field) throws IOException, MalformedLineException {
        if (parser.currentToken() == JsonToken.VALUE_TRUE || parser.currentToken() == JsonToken.VALUE_FALSE) {
            return parser.getBooleanValue();
        }
        throw broken(field, "must be true or false");
    }

    long wholeNumber(String field, long minimum, long maximum) throws IOException, MalformedLineException {
        String rule = "must be a whole number in [%d, %d]";
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw broken(field, rule.formatted(minimum, maximum));
        }
        long value = parser.getLongValue();
        if (value < minimum || value > maximum) {
            throw broken(field, rule.formatted(minimum, maximum));
        }
        return value;
    }

    double number(String field) throws IOException, MalformedLineException {
        if (!parser.currentToken().isNumeric()) {
            throw broken(field, "must be a number");
        }
        return parser.getDoubleValue();
    }

    /** A violation at the current token. */
    MalformedLineException broken(String field, String rule) throws IOException {
        String value =
                parser.currentToken().isStructStart() ? parser.currentToken().asString() : parser.getText();
        String shown = value.length() > SHOWN_CHARACTERS ? value.substring(0, SHOWN_CHARACTERS) + "..." : value;
        return malformed("%s = '%s' %s".formatted(field, shown, rule));
    }

    MalformedLineException malformed(String problem) {
        return line.malformed(column(), problem);
    }

    private void expect(String field, JsonToken token, String rule) throws IOException, MalformedLineException {
        if (parser.currentToken() != token) {
            throw broken(field, rule);
        }
    }
}
