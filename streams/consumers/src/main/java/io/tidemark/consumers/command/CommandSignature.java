package io.tidemark.consumers.command;

import io.tidemark.contracts.avro.Command;
import io.tidemark.platform.webhook.HmacSignature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** The signature of a command, over all its other fields. */
public final class CommandSignature {

    private CommandSignature() {}

    /** Signs a command. */
    public static Command sign(Command command, HmacSignature secret) {
        return Command.newBuilder(command)
                .setSignature(secret.of(text(command)))
                .build();
    }

    /** Whether the command carries the signature of this secret. */
    public static boolean isValid(Command command, HmacSignature secret) {
        return secret.isOf(text(command), command.getSignature());
    }

    /** Each field with its length, so that no text can slip from one into the next. */
    private static String text(Command command) {
        return List.of(
                        command.getCommandId(),
                        command.getKind().name(),
                        String.valueOf(command.getDecisionId()),
                        command.getActor(),
                        command.getReason(),
                        micros(command.getIssuedTime()),
                        micros(command.getExpiresTime()))
                .stream()
                .map(each -> each.length() + ":" + each)
                .collect(Collectors.joining("\n"));
    }

    private static String micros(Instant time) {
        return time == null ? "never" : Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, time));
    }
}
