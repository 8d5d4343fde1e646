package io.tidemark.gateway.mapping;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;

/** What a target field holds, and how a value that a client sent becomes one. A value that cannot is unknown, never zero. */
enum ValueKind {
    NAME {
        @Override
        Object convert(Object raw, double factor) {
            return name(raw);
        }
    },
    COUNT {
        @Override
        Object convert(Object raw, double factor) {
            if (raw instanceof Long given) {
                return given < 0 ? null : given;
            }
            Double number = number(raw);
            return number == null || number < 0 || number > Long.MAX_VALUE || number != Math.rint(number)
                    ? null
                    : number.longValue();
        }
    },
    /** A number in its unit, as a whole multiple of the target's. */
    SCALED {
        @Override
        Object convert(Object raw, double factor) {
            Double number = number(raw);
            double scaled = number == null ? -1 : number * factor;
            return scaled < 0 || scaled > Long.MAX_VALUE ? null : Math.round(scaled);
        }
    },
    FLAG {
        @Override
        Object convert(Object raw, double factor) {
            return switch (String.valueOf(raw)) {
                case "true", "1" -> Boolean.TRUE;
                case "false", "0" -> Boolean.FALSE;
                default -> null;
            };
        }
    },
    SHARE {
        @Override
        Object convert(Object raw, double factor) {
            Double number = number(raw);
            return number == null || number < 0 || number > 1 ? null : number;
        }
    },
    TIME {
        @Override
        Object convert(Object raw, double factor) {
            try {
                String text = String.valueOf(raw).replace("\"", "");
                return text.endsWith("Z")
                        ? Instant.parse(text)
                        : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                return null;
            }
        }
    };

    private static final int LONGEST_NAME = 256;
    private static final RememberedTexts ONE_LINE = new RememberedTexts(ValueKind::onOneLine);
    private static final char DELETE = 0x7F;
    private static final char LAST_CONTROL = 0x9F;

    /** The value, or null when the raw one is none of this kind. */
    abstract Object convert(Object raw, double factor);

    /** A number, also from a text; null for anything else, and for what is not finite. */
    static Double number(Object raw) {
        Double number = null;
        if (raw instanceof Number given) {
            number = given.doubleValue();
        } else if (raw instanceof String text && !text.isEmpty() && text.length() <= 32) {
            try {
                number = Double.valueOf(text);
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return number == null || number.isNaN() || number.isInfinite() ? null : number;
    }

    /** A short text on one line: control characters become spaces, what is too long is cut, an array becomes its distinct elements. */
    static String name(Object raw) {
        if (raw instanceof String text) {
            return ONE_LINE.of(text);
        }
        if (raw instanceof List<?> list) {
            return name(list.stream()
                    .map(ValueKind::name)
                    .filter(each -> each != null)
                    .distinct()
                    .collect(Collectors.joining(",")));
        }
        return raw instanceof Number || raw instanceof Boolean ? ONE_LINE.of(raw.toString()) : null;
    }

    private static String onOneLine(String text) {
        int length = Math.min(text.length(), LONGEST_NAME);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= DELETE && c <= LAST_CONTROL) {
                return cleaned(text, length);
            }
        }
        String cut = length < text.length() ? withoutHalfCharacter(text.substring(0, length)) : text;
        return cut.isBlank() ? null : cut;
    }

    private static String cleaned(String text, int length) {
        StringBuilder clean = new StringBuilder(length);
        text.chars().limit(length).forEach(c -> clean.append(Character.isISOControl(c) ? ' ' : (char) c));
        String stripped = withoutHalfCharacter(clean.toString()).strip();
        return stripped.isEmpty() ? null : stripped;
    }

    private static String withoutHalfCharacter(String text) {
        boolean half = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
        return half ? text.substring(0, text.length() - 1) : text;
    }
}
