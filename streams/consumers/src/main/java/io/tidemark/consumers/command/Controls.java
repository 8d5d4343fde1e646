package io.tidemark.consumers.command;

import io.tidemark.contracts.avro.Command;
import io.tidemark.contracts.avro.CommandKind;
import io.tidemark.platform.webhook.HmacSignature;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What people have said, as far as it counts. Takes commands in the order of their topic, any number of times. */
public final class Controls {

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final Optional<HmacSignature> secret;
    private final Map<String, Command> verdicts = new HashMap<>();
    private Command lastSwitch;

    /** @param secret secret of the commands; without one only a halt is followed */
    public Controls(Optional<HmacSignature> secret) {
        this.secret = secret;
    }

    /**
     * Takes a command.
     *
     * @param appended when the broker got it: a command counts if it was valid then
     * @return why it does not count; empty when it does
     */
    public Optional<String> take(Command command, Instant appended) {
        Optional<String> refusal = refusal(command, appended);
        if (refusal.isEmpty()) {
            switch (command.getKind()) {
                case HALT, RESUME -> lastSwitch = newer(command);
                case APPROVE, REJECT -> verdicts.put(command.getDecisionId(), command);
                case UNKNOWN -> throw new IllegalStateException("an unknown kind is refused before");
            }
        }
        return refusal;
    }

    /** The command that stops everything; empty when nothing does. */
    public Optional<Command> halt() {
        return Optional.ofNullable(lastSwitch).filter(each -> each.getKind() == CommandKind.HALT);
    }

    /** What a person has said about decisions, by decision id. */
    public Map<String, Command> verdicts() {
        return Map.copyOf(verdicts);
    }

    private Command newer(Command command) {
        boolean isOld = lastSwitch != null && command.getIssuedTime().isBefore(lastSwitch.getIssuedTime());
        return isOld ? lastSwitch : command;
    }

    private Optional<String> refusal(Command command, Instant appended) {
        if (command.getKind() == CommandKind.UNKNOWN) {
            return Optional.of("its kind is unknown");
        }
        if (secret.isEmpty() && command.getKind() != CommandKind.HALT) {
            return Optional.of("commands have no secret; set commands.secret-file");
        }
        if (secret.isPresent() && !CommandSignature.isValid(command, secret.get())) {
            return Optional.of("forged: the signature is not that of the secret");
        }
        if (command.getExpiresTime() != null && !appended.isBefore(command.getExpiresTime())) {
            return Optional.of("expired at " + command.getExpiresTime());
        }
        if (command.getIssuedTime().isAfter(appended.plus(CLOCK_SKEW))) {
            return Optional.of("issued in the future, at " + command.getIssuedTime());
        }
        boolean isAboutNothing = command.getDecisionId() == null
                && (command.getKind() == CommandKind.APPROVE || command.getKind() == CommandKind.REJECT);
        return isAboutNothing ? Optional.of("it names no decision") : Optional.empty();
    }
}
