package io.tidemark.consumers.decision;

import io.tidemark.contracts.avro.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The conditions under which a consumer acts. The first that does not hold is the reason of the refusal. */
public final class Guards {

    private static final String EVERY = "*";

    private final GuardSettings settings;
    private final Ledger ledger;

    public Guards(GuardSettings settings, Ledger ledger) {
        this.settings = settings;
        this.ledger = ledger;
    }

    /** One condition: empty when it holds, else why not. */
    @FunctionalInterface
    private interface Guard {
        Optional<String> refusal(Decision decision, Instant now);
    }

    /** Why a decision must not be carried out; empty when it may. */
    public Optional<String> refusal(Decision decision, Instant now) {
        List<Guard> guards = List.of(
                this::stale,
                this::forbidden,
                this::thin,
                this::tooFewWindows,
                this::inFlight,
                this::cooling,
                this::capped);
        return guards.stream()
                .flatMap(guard -> guard.refusal(decision, now).stream())
                .findFirst();
    }

    /** Why a decision that was begun before a crash must not be carried out any more. */
    public Optional<String> refusalOfBegun(Decision decision, Instant now) {
        return stale(decision, now);
    }

    private Optional<String> stale(Decision decision, Instant now) {
        if (decision.expires().isPresent() && !now.isBefore(decision.expires().get())) {
            return Optional.of("expired: it was to be carried out before "
                    + decision.expires().get());
        }
        Duration age = Duration.between(decision.eventTime(), now);
        return age.compareTo(settings.maximumAge()) > 0
                ? Optional.of("stale: the decision is %d s old, the limit is %d s"
                        .formatted(age.toSeconds(), settings.maximumAge().toSeconds()))
                : Optional.empty();
    }

    /** A dry run harms nobody, so it needs nobody's leave. */
    private Optional<String> forbidden(Decision decision, Instant now) {
        if (!settings.armed()) {
            return Optional.empty();
        }
        if (!settings.tenants().contains(EVERY) && !settings.tenants().contains(decision.tenant())) {
            return Optional.of("tenant '%s' is not on the allow-list".formatted(decision.tenant()));
        }
        boolean allowed = settings.targets().contains(decision.target().toString())
                || settings.targets().contains(decision.target().adapter() + ":" + EVERY);
        return allowed
                ? Optional.empty()
                : Optional.of("target '%s' is not on the allow-list".formatted(decision.target()));
    }

    private Optional<String> thin(Decision decision, Instant now) {
        if (decision.alertId().isEmpty() || decision.isCommanded()) {
            return Optional.empty();
        }
        long samples =
                decision.evidence().stream().mapToLong(Evidence::getN).max().orElse(0);
        return samples < settings.minimumSamples()
                ? Optional.of("thin evidence: it rests on %d observations, the minimum is %d"
                        .formatted(samples, settings.minimumSamples()))
                : Optional.empty();
    }

    /** A sequential test has weighed the windows itself; a plain rule must show them. */
    private Optional<String> tooFewWindows(Decision decision, Instant now) {
        boolean isSequential = decision.evidence().stream().anyMatch(each -> each.getEValue() != null);
        if (isSequential || decision.alertId().isEmpty() || decision.isCommanded()) {
            return Optional.empty();
        }
        int windows = decision.evidence().stream()
                .mapToInt(each -> each.getWindows().size())
                .max()
                .orElse(0);
        return windows < settings.minimumWindows()
                ? Optional.of("too few bad windows: %d in a row, the minimum is %d"
                        .formatted(windows, settings.minimumWindows()))
                : Optional.empty();
    }

    private Optional<String> inFlight(Decision decision, Instant now) {
        return ledger.inFlight(decision).map(other -> "another action on '%s' is under way: decision %s"
                .formatted(decision.scope(), other.getDecisionId()));
    }

    private Optional<String> cooling(Decision decision, Instant now) {
        return ledger.lastActed(decision.scope())
                .filter(at -> now.isBefore(at.plus(settings.cooldown())))
                .map(at -> "cooling down: '%s' was acted on at %s, the cooldown is %d s"
                        .formatted(decision.scope(), at, settings.cooldown().toSeconds()));
    }

    private Optional<String> capped(Decision decision, Instant now) {
        Instant since = now.minus(settings.window());
        if (ledger.actedSince(decision.scope(), since) >= settings.mostPerScope()) {
            return Optional.of("capped: %d actions on '%s' within %d s"
                    .formatted(
                            settings.mostPerScope(),
                            decision.scope(),
                            settings.window().toSeconds()));
        }
        return ledger.actedSince(since) >= settings.mostOverall()
                ? Optional.of("capped: %d actions within %d s"
                        .formatted(settings.mostOverall(), settings.window().toSeconds()))
                : Optional.empty();
    }
}
