package io.tidemark.cli.deadletter;

import io.tidemark.contracts.topic.RefusalReason;
import picocli.CommandLine.Option;

/** Options that choose dead letters. */
final class DeadLetterSelection {

    @Option(names = "--reason", paramLabel = "REASON", description = "Only this reason: ${COMPLETION-CANDIDATES}.")
    private RefusalReason reason;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Only records refused from this topic.")
    private String topic;

    boolean includes(DeadLetter letter) {
        return (reason == null || reason.name().equals(letter.reason()))
                && (topic == null || topic.equals(letter.sourceTopic()));
    }
}
