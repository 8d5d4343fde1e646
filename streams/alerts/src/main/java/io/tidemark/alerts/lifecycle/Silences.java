package io.tidemark.alerts.lifecycle;

import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.Silence;
import io.tidemark.contracts.avro.SilenceKind;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The silences, maintenance windows and acknowledgements that are known. */
public final class Silences {

    private static final String ANY_ENDING = "*";

    private final Collection<Silence> silences;

    /** @param silences the last state of each, revoked ones may be among them */
    public Silences(Collection<Silence> silences) {
        this.silences = silences;
    }

    /** None. */
    public static Silences none() {
        return new Silences(java.util.List.of());
    }

    /** The silence that keeps an alert quiet at a time; the one with the smallest id of several. */
    Optional<Silence> silencing(Alert alert, Instant time) {
        return silences.stream()
                .filter(each -> each.getKind() != SilenceKind.ACKNOWLEDGEMENT)
                .filter(each -> holds(each, time) && matches(each, alert))
                .min(Comparator.comparing(Silence::getSilenceId));
    }

    /** The acknowledgement of an alert. */
    Optional<Silence> acknowledgement(Alert alert) {
        return silences.stream()
                .filter(each -> each.getKind() == SilenceKind.ACKNOWLEDGEMENT && !each.getRevoked())
                .filter(each -> alert.getAlertId().equals(each.getAlertId()))
                .min(Comparator.comparing(Silence::getSilenceId));
    }

    private static boolean holds(Silence silence, Instant time) {
        return !silence.getRevoked() && !time.isBefore(silence.getStartsTime()) && time.isBefore(silence.getEndsTime());
    }

    private static boolean matches(Silence silence, Alert alert) {
        return is(silence.getAlertId(), alert.getAlertId())
                && isRule(silence.getRuleId(), alert.getRuleId())
                && is(silence.getTenant(), alert.getSlice().getTenant())
                && is(silence.getVersionId(), alert.getSlice().getVersionId())
                && is(silence.getIntent(), alert.getSlice().getIntent());
    }

    private static boolean is(String wanted, String actual) {
        return wanted == null || wanted.equals(actual);
    }

    private static boolean isRule(String wanted, String actual) {
        if (wanted == null || !wanted.endsWith(ANY_ENDING)) {
            return is(wanted, actual);
        }
        return actual.startsWith(wanted.substring(0, wanted.length() - ANY_ENDING.length()));
    }
}
