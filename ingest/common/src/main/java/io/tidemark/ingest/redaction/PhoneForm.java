package io.tidemark.ingest.redaction;

import java.util.regex.Pattern;

/** Tells telephone numbers from dates, plain counts and measurements. */
final class PhoneForm {

    private static final int FEWEST_DIGITS = 7;
    private static final int MOST_DIGITS = 15;
    private static final int FEWEST_UNGROUPED = 10;
    private static final int MOST_UNGROUPED = 12;
    private static final Pattern DATE = Pattern.compile(
            "(?:19|20)[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}(?:[ ][0-9 .-]*)?|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:19|20)[0-9]{2}(?:[ ][0-9 .-]*)?"
                    + "|(?:19|20)[0-9]{2}[ ]?[-–][ ]?(?:19|20)[0-9]{2}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]+\\.[0-9]+");
    private static final Pattern EXTENSION = Pattern.compile("[ ]?(?:x|ext\\.?|#)[ ]?[0-9]{1,6}$");

    private PhoneForm() {}

    static boolean isPhoneNumber(String match) {
        String text = EXTENSION.matcher(match).replaceFirst("");
        long digits = text.chars().filter(Character::isDigit).count();
        if (digits < FEWEST_DIGITS || digits > MOST_DIGITS) {
            return false;
        }
        if (DATE.matcher(text).matches() || DECIMAL.matcher(text).matches()) {
            return false;
        }
        boolean grouped = text.chars().anyMatch(c -> !Character.isDigit(c));
        return grouped || digits >= FEWEST_UNGROUPED && digits <= MOST_UNGROUPED;
    }
}
