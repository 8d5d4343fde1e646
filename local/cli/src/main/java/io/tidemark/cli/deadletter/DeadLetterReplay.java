package io.tidemark.cli.deadletter;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends refused records again, for example after a missing schema was registered. Repeating it is harmless: equal ids count once. */
@Command(
        name = "replay",
        description = {
            "Send refused records again, key and bytes as they were.",
            "Records of a replay run go to live traffic's topic, since the run's own topics are gone. Repeating this is harmless:",
            "equal inference ids count once, and what is still wrong is refused again."
        },
        mixinStandardHelpOptions = true)
final class DeadLetterReplay implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Mixin
    private DeadLetterSelection selection;

    @Option(names = "--dry-run", description = "Only count what would be sent.")
    private boolean dryRun;

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(spec);
        StackEndpoints endpoints = RunningStack.require(stack);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        int[] selected = {0};
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                endpoints.kafka().producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            new DeadLetterReader(endpoints).forEach(letter -> {
                if (selection.includes(letter)) {
                    selected[0]++;
                    if (!dryRun) {
                        sent.add(producer.send(again(letter)));
                    }
                }
            });
            producer.flush();
            sent.forEach(DeadLetterReplay::requireAcknowledged);
        }
        terminal.print(
                dryRun ? "%d records would be sent".formatted(selected[0]) : "%d records sent".formatted(sent.size()));
        return 0;
    }

    private static ProducerRecord<byte[], byte[]> again(DeadLetter letter) {
        return new ProducerRecord<>(
                liveTopic(letter.sourceTopic()),
                letter.record().key(),
                letter.record().value());
    }

    static String liveTopic(String source) {
        return TopicCatalogue.withSchema().stream()
                .map(Topic::name)
                .filter(name -> source.equals(name) || source.startsWith(name + "."))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        "a dead letter names the source topic '%s', which is none of Tidemark's; it is not sent"
                                .formatted(source)));
    }

    private static void requireAcknowledged(Future<RecordMetadata> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            throw new CommandFailure(
                    "Kafka did not take a record: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while records were sent", e);
        }
    }
}
