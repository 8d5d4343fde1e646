package io.tidemark.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;

/**
 * Personal data that nobody has, made from the rules of its kind: formats of telephone numbers of many countries, check digits of cards and IBANs, both IP
 * versions, keys and tokens. The formats lie in {@code personal-data-*.txt}: {@code 9} is any digit, {@code 8} one from 2 to 9, {@code a} a lower-case
 * letter, {@code A} an upper-case one, {@code x} a letter or digit, {@code h} a hex digit, {@code %} a number from 1 to 254; a backslash keeps the character behind it.
 */
public final class PersonalData {

    private static final List<String> TYPES = List.of("EMAIL", "PHONE", "CARD", "IBAN", "IP", "SSN", "SECRET");
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String HEX = "0123456789abcdef";
    private static final String DIGITS = "0123456789";
    private static final BigInteger IBAN_MODULUS = BigInteger.valueOf(97);
    private static final int IBAN_CHECK = 98;
    private static final int GROUP = 4;

    private final Random random;
    private final List<String> sentences = lines("personal-data-sentences.txt");
    private final List<String> harmless = lines("personal-data-harmless.txt");
    private final List<String> formats = lines("personal-data-formats.txt");

    /** @param seed equal seeds give equal samples */
    public PersonalData(long seed) {
        random = new Random(seed);
    }

    /** So many texts of each type, and as many harmless ones as there are lines of them, mixed. */
    public List<LabelledText> sample(int ofEachType) {
        List<LabelledText> texts = new ArrayList<>();
        for (String type : TYPES) {
            for (int i = 0; i < ofEachType; i++) {
                texts.add(text(type));
            }
        }
        harmless.forEach(text -> texts.add(new LabelledText(text, List.of())));
        Collections.shuffle(texts, random);
        return texts;
    }

    /** A sentence with personal data of a type. */
    public LabelledText text(String type) {
        String value = value(type);
        String sentence = pick(sentences).replace("\\n", "\n");
        int start = sentence.indexOf("{}");
        return new LabelledText(sentence.replace("{}", value), List.of(new LabelledText.Entity(type, value, start)));
    }

    /** Personal data of a type. */
    public String value(String type) {
        String prefix = type + " ";
        String format = pick(formats.stream()
                        .filter(line -> line.startsWith(prefix))
                        .toList())
                .substring(prefix.length());
        return switch (type) {
            case "CARD" ->
                grouped(luhn(format.substring(0, format.indexOf(' '))), format.substring(format.indexOf(' ') + 1));
            case "IBAN" -> iban(format);
            default -> filled(format);
        };
    }

    private String filled(String format) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            switch (c) {
                case '9' -> text.append(any(DIGITS));
                case '8' -> text.append(any(DIGITS.substring(2)));
                case 'a' -> text.append(any(LOWER));
                case 'A' -> text.append(any(LOWER.toUpperCase(Locale.ROOT)));
                case 'x' -> text.append(any(LOWER + LOWER.toUpperCase(Locale.ROOT) + DIGITS));
                case 'h' -> text.append(any(HEX));
                case '%' -> text.append(1 + random.nextInt(254));
                case '\\' -> text.append(format.charAt(++i));
                default -> text.append(c);
            }
        }
        return text.toString();
    }

    /** The last digit is Luhn's, ISO/IEC 7812-1. */
    private String luhn(String format) {
        String digits = filled(format.substring(0, format.length() - 1));
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? 2 * digit : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return digits + (10 - sum % 10) % 10;
    }

    private String grouped(String digits, String groups) {
        String separator = List.of("", " ", "-").get(random.nextInt(3));
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (String group : groups.split(",")) {
            int end = Math.min(digits.length(), at + Integer.parseInt(group));
            text.append(text.isEmpty() ? "" : separator).append(digits, at, end);
            at = end;
        }
        return text.toString();
    }

    /** A country and the form of its account numbers; check digits after ISO 13616. */
    private String iban(String format) {
        String country = format.substring(0, 2);
        String account = filled(format.substring(2)).toUpperCase(Locale.ROOT);
        StringBuilder digits = new StringBuilder();
        (account + country + "00").chars().forEach(c -> digits.append(Character.digit(c, Character.MAX_RADIX)));
        int check =
                IBAN_CHECK - new BigInteger(digits.toString()).mod(IBAN_MODULUS).intValue();
        String compact = "%s%02d%s".formatted(country, check, account);
        return switch (random.nextInt(3)) {
            case 0 -> compact;
            case 1 -> compact.replaceAll("(.{" + GROUP + "})(?=.)", "$1 ");
            default -> compact.toLowerCase(Locale.ROOT);
        };
    }

    private char any(String characters) {
        return characters.charAt(random.nextInt(characters.length()));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static List<String> lines(String resource) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(PersonalData.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("'%s' cannot be read".formatted(resource), e);
        }
    }
}
