package io.tidemark.cli.format;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Parser of UTC wall times {@code yyyy-MM-dd HH:mm:ss[.fraction][Z|+00:00]}; digits beyond microseconds are cut off. By hand,
 * because java.time takes several times as long as all the rest of a line.
 */
final class WallTime {

    /** The text is no such time. */
    static final long MALFORMED = Long.MIN_VALUE;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int SECONDS_LENGTH = 19;
    private static final int MAXIMUM_FRACTION_DIGITS = 9;

    private WallTime() {}

    /** Microseconds since the epoch, or {@link #MALFORMED}. */
    static long epochMicros(byte[] text, int start, int end) {
        int length = zoneStart(text, start, end) - start;
        if (length < SECONDS_LENGTH || !hasSeparators(text, start)) {
            return MALFORMED;
        }
        long days = epochDay(digits(text, start, 4), digits(text, start + 5, 2), digits(text, start + 8, 2));
        int hour = digits(text, start + 11, 2);
        int minute = digits(text, start + 14, 2);
        int second = digits(text, start + 17, 2);
        long fraction = fractionMicros(text, start + SECONDS_LENGTH, start + length);
        if (days == MALFORMED || fraction < 0 || !inRange(hour, 23) || !inRange(minute, 59) || !inRange(second, 59)) {
            return MALFORMED;
        }
        long seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
        return seconds * MICROS_PER_SECOND + fraction;
    }

    private static boolean hasSeparators(byte[] text, int start) {
        return text[start + 4] == '-'
                && text[start + 7] == '-'
                && (text[start + 10] == ' ' || text[start + 10] == 'T')
                && text[start + 13] == ':'
                && text[start + 16] == ':';
    }

    private static boolean inRange(int value, int maximum) {
        return value >= 0 && value <= maximum;
    }

    private static int zoneStart(byte[] text, int start, int end) {
        if (end > start && text[end - 1] == 'Z') {
            return end - 1;
        }
        boolean offset = end - start > 6
                && (text[end - 6] == '+' || text[end - 6] == '-')
                && text[end - 5] == '0'
                && text[end - 4] == '0'
                && text[end - 3] == ':'
                && text[end - 2] == '0'
                && text[end - 1] == '0';
        return offset ? end - 6 : end;
    }

    private static long epochDay(int year, int month, int day) {
        if (year < 0
                || month < 1
                || month > 12
                || day < 1
                || day > YearMonth.of(year, month).lengthOfMonth()) {
            return MALFORMED;
        }
        return LocalDate.of(year, month, day).toEpochDay();
    }

    /** Microseconds of a fraction with its point; 0 without one; -1 when it is malformed. */
    private static long fractionMicros(byte[] text, int start, int end) {
        if (start == end) {
            return 0;
        }
        int count = end - start - 1;
        if (text[start] != '.' || count < 1 || count > MAXIMUM_FRACTION_DIGITS) {
            return -1;
        }
        int value = digits(text, start + 1, count);
        if (value < 0) {
            return -1;
        }
        for (int i = count; i < 6; i++) {
            value *= 10;
        }
        for (int i = count; i > 6; i--) {
            value /= 10;
        }
        return value;
    }

    /** A number of digits, or -1 when a byte is no digit. */
    private static int digits(byte[] text, int start, int count) {
        int value = 0;
        for (int i = start; i < start + count; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
