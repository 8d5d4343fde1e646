package io.tidemark.ingest.redaction;

import java.math.BigInteger;
import java.util.Locale;

/** Numbers that carry their own check. */
final class CheckDigits {

    private static final int CARD_SHORTEST = 12;
    private static final int CARD_LONGEST = 19;
    private static final int IBAN_SHORTEST = 15;
    private static final int IBAN_LONGEST = 34;
    private static final int DECIMAL = 10;
    private static final BigInteger IBAN_MODULUS = BigInteger.valueOf(97);

    private CheckDigits() {}

    /** Luhn's check, ISO/IEC 7812-1. */
    static boolean isCardNumber(String text) {
        int sum = 0;
        int digits = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
            int digit = text.charAt(i) - '0';
            if (digit >= 0 && digit < DECIMAL) {
                int weighted = digits % 2 == 1 ? 2 * digit : digit;
                sum += weighted >= DECIMAL ? weighted - (DECIMAL - 1) : weighted;
                digits++;
            }
        }
        return digits >= CARD_SHORTEST && digits <= CARD_LONGEST && sum % DECIMAL == 0 && sum > 0;
    }

    /** ISO 13616: the country code and check digits moved to the end, letters as two digits, modulo 97 is 1. */
    static boolean isIban(String text) {
        String plain = text.replace(" ", "").replace("-", "").toUpperCase(Locale.ROOT);
        if (plain.length() < IBAN_SHORTEST || plain.length() > IBAN_LONGEST) {
            return false;
        }
        String rotated = plain.substring(4) + plain.substring(0, 4);
        StringBuilder digits = new StringBuilder(2 * rotated.length());
        rotated.chars().forEach(c -> digits.append(Character.digit(c, Character.MAX_RADIX)));
        return new BigInteger(digits.toString()).mod(IBAN_MODULUS).equals(BigInteger.ONE);
    }
}
