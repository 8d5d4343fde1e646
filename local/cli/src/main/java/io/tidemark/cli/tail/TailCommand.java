package io.tidemark.cli.tail;

import io.tidemark.cli.deadletter.DeadLetter;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.NotARecordException;
import io.tidemark.registry.UnknownSchemaException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows traces as they arrive. */
@Command(
        name = "tail",
        description = "Show traces as they arrive, what their producers did not say, and why records are refused.",
        mixinStandardHelpOptions = true)
public final class TailCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Option(
            names = "--tenant",
            paramLabel = "T",
            description = "Only traces of this tenant; refused records are always shown.")
    private String tenant;

    @Option(names = "--limit", paramLabel = "N", description = "End after so many lines.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(spec);
        StackEndpoints endpoints = RunningStack.require(stack);
        Properties properties = endpoints.kafka().client();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        AvroDeserializer<Trace> deserializer = new AvroDeserializer<>(endpoints.newRegistryClient(), Trace.class);
        try (TraceTail tail = new TraceTail(properties)) {
            terminal.note("waiting for traces; stop with Ctrl-C");
            long shown = 0;
            while (shown < limit) {
                for (ConsumerRecord<byte[], byte[]> record : tail.next()) {
                    Optional<String> line = line(record, deserializer);
                    if (line.isPresent() && shown++ < limit) {
                        terminal.print(line.get());
                    }
                }
            }
        }
        return 0;
    }

    private Optional<String> line(ConsumerRecord<byte[], byte[]> record, AvroDeserializer<Trace> deserializer) {
        if (TraceTail.isDeadLetter(record)) {
            DeadLetter letter = new DeadLetter(record);
            return Optional.of(json ? letter.json() : letter.text());
        }
        if (record.value() == null) {
            return Optional.empty();
        }
        return trace(record, deserializer)
                .filter(trace -> tenant == null || tenant.equals(trace.getTenant()))
                .map(TraceLine::new)
                .map(line -> json ? line.json() : line.text());
    }

    /** What cannot be read is left to the sink, whose dead letter is shown when it comes. */
    private static Optional<Trace> trace(ConsumerRecord<byte[], byte[]> record, AvroDeserializer<Trace> deserializer) {
        try {
            return Optional.of(deserializer.deserialize(record.topic(), record.value()));
        } catch (NotARecordException | UnknownSchemaException | SerializationException e) {
            return Optional.empty();
        }
    }
}
