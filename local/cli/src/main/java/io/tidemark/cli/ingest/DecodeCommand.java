package io.tidemark.cli.ingest;

import io.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a recorded body becomes. */
@Command(
        name = "decode",
        description = "Print the traces that a recorded OTLP body becomes, and what was refused, as JSON.",
        mixinStandardHelpOptions = true)
final class DecodeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The body, plain, gzip, or with its gRPC frame.")
    private Path file;

    @Option(
            names = "--content-type",
            paramLabel = "T",
            description = "Content type of the request (default: found out from the bytes).")
    private String contentType;

    @Option(
            names = "--tenant",
            paramLabel = "T",
            defaultValue = "unnamed",
            description = "Tenant of a body that names none (default: ${DEFAULT-VALUE}).")
    private String tenant;

    @Option(
            names = "--content",
            description = "Keep prompts and responses, redacted, as a gateway with content capture does.")
    private boolean content;

    @Override
    public Integer call() {
        RecordedRequest request = RecordedRequest.read(
                bytes(), Optional.ofNullable(contentType), file.getFileName().toString(), tenant, content);
        PrintWriter out = spec.commandLine().getOut();
        out.println(DecodeReport.of(request).toPrettyString());
        out.flush();
        return 0;
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new CommandFailure("file '%s' does not exist".formatted(file), e);
        } catch (IOException e) {
            throw new CommandFailure("file '%s' cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }
}
