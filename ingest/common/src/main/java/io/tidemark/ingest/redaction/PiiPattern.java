package io.tidemark.ingest.redaction;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Personal data that has a shape. Every pattern is bounded, so that its time grows with the length of the text only, and most texts are
 * passed by a count of characters without any pattern. In the order in which findings win.
 */
@SuppressWarnings("ImmutableEnumChecker") // patterns and predicates hold no state
enum PiiPattern implements PiiDetector {
    /** API keys, tokens, private keys. */
    SECRET(
            "(?<![A-Za-z0-9])(?:(?:sk|pk|rk|gsk|nvapi|xai|pplx|r8|npm|pypi|dop_v1|shp[a-z]{2}|whsec|lin_api|sntry[su]|hvs|dckr_pat|glsa|tmk)[-_]"
                    + "(?:[A-Za-z]{2,8}[-_])?[A-Za-z0-9_-]{16,200}"
                    + "|gh[pousr]_[A-Za-z0-9]{30,80}|github_pat_[A-Za-z0-9_]{30,100}|glpat-[A-Za-z0-9_-]{16,64}|hf_[A-Za-z0-9]{20,64}"
                    + "|xox[abeprs]-[A-Za-z0-9-]{10,120}|A(?:KIA|SIA|IDA|ROA|GPA|NPA)[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{30,40}|ya29\\.[0-9A-Za-z_-]{20,300}"
                    + "|SG\\.[A-Za-z0-9_-]{16,64}\\.[A-Za-z0-9_-]{16,64}"
                    + "|eyJ[A-Za-z0-9_-]{8,2000}\\.[A-Za-z0-9_-]{8,4000}\\.[A-Za-z0-9_-]{4,1000}"
                    + "|[Bb]earer\\s{1,4}[A-Za-z0-9._~+/-]{16,2000}={0,2}"
                    + "|(?:api[_-]?key|secret|token|password|passwd)[\"']?\\s{0,2}[:=]\\s{0,2}[\"']?(?=[^\\s\"',;&]{0,60}[0-9])[^\\s\"',;&]{8,200}"
                    + "|-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[A-Za-z0-9+/=\\s\\\\]{0,8000}(?:-----END [A-Z ]{0,20}PRIVATE KEY-----)?)",
            counts -> counts.length() >= 16, text -> true),
    EMAIL(
            "(?:(?<![\\p{L}\\p{N}._%+'-])[\\p{L}\\p{N}._%+'-]{1,64}|\"[^\"@\\s]{1,64}\")@(?:[\\p{L}\\p{N}-]{1,63}\\.){1,8}[\\p{L}\\p{N}-]{2,63}",
            counts -> counts.ats() > 0, text -> true),
    IBAN(
            "(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}(?:[ -]?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])",
            counts -> counts.digits() >= 2 && counts.length() >= 15, CheckDigits::isIban),
    CARD(
            // behind a plus, or after a zero, it is a telephone number unless it is too long for one
            "(?:(?<![0-9A-Za-z+])[1-9](?:[ -]?[0-9]){11,18}|(?<=\\+)[1-9](?:[ -]?[0-9]){15,18})(?![0-9])",
            counts -> counts.digits() >= 12,
            CheckDigits::isCardNumber),
    IP(
            "(?<![0-9.])(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?![0-9]|\\.[0-9])"
                    + "|(?<![0-9A-Za-z:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:(?:\\.[0-9]{1,3}){3})?(?![0-9A-Za-z:])",
            counts -> counts.dots() >= 3 && counts.digits() >= 4 || counts.colons() >= 2, IpForm::isAddress),
    SSN(
            "(?<![0-9A-Za-z-])[0-9]{3}[- ][0-9]{2}[- ][0-9]{4}(?![0-9A-Za-z]|-[0-9])",
            counts -> counts.digits() >= 9, text -> true),
    PHONE(
            "(?<![\\p{L}0-9_@.,#$-])(?<![0-9]:)(?:\\+|\\()?[0-9](?:[ .()/–-]{0,3}[0-9]){6,16}(?:[ ]?(?:x|ext\\.?|#)[ ]?[0-9]{1,6})?(?![\\p{L}0-9_@]|[.,:-][0-9])",
            counts -> counts.digits() >= 7,
            PhoneForm::isPhoneNumber);

    private static final Set<PiiPattern> UNMISTAKABLE = EnumSet.of(SECRET, EMAIL, IBAN, CARD);

    private final Pattern pattern;
    private final Predicate<CharacterCounts> worthwhile;
    private final Predicate<String> check;

    PiiPattern(String pattern, Predicate<CharacterCounts> worthwhile, Predicate<String> check) {
        this.pattern = Pattern.compile(pattern);
        this.worthwhile = worthwhile;
        this.check = check;
    }

    static List<PiiPattern> all() {
        return List.of(values());
    }

    static Set<PiiPattern> unmistakable() {
        return Set.copyOf(UNMISTAKABLE);
    }

    @Override
    public List<Finding> find(String text) {
        if (!worthwhile.test(CharacterCounts.of(text))) {
            return List.of();
        }
        List<Finding> findings = List.of();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            int length = accepted(matcher.group());
            if (length > 0) {
                findings = findings.isEmpty() ? new ArrayList<>() : findings;
                findings.add(new Finding(name(), matcher.start(), matcher.start() + length));
            }
        }
        return findings;
    }

    /** A number in groups may be followed by words that look like more of its groups: then the longest start that passes the check is it. */
    private int accepted(String match) {
        int length = match.length();
        while (length > 0) {
            String start = match.substring(0, length);
            if (check.test(start)) {
                return length;
            }
            length = this == IBAN || this == CARD ? Math.max(start.lastIndexOf(' '), start.lastIndexOf('-')) : 0;
        }
        return 0;
    }

    /** What decides whether a pattern is tried at all. */
    private record CharacterCounts(int length, int ats, int digits, int dots, int colons) {

        static CharacterCounts of(String text) {
            int ats = 0;
            int digits = 0;
            int dots = 0;
            int colons = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c >= '0' && c <= '9') {
                    digits++;
                } else if (c == '@') {
                    ats++;
                } else if (c == '.') {
                    dots++;
                } else if (c == ':') {
                    colons++;
                }
            }
            return new CharacterCounts(text.length(), ats, digits, dots, colons);
        }
    }
}
