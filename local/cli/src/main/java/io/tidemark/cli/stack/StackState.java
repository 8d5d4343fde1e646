package io.tidemark.cli.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a running stack tells other commands, in a file of its data directory.
 *
 * @param supervisor process id of the command that runs the stack
 * @param endpoints where the parts answer
 * @param parts the supervised processes
 */
public record StackState(long supervisor, StackEndpoints endpoints, List<PartState> parts) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * One supervised process.
     *
     * @param name what it is
     * @param pid process id now; another one after a restart
     * @param metrics its metrics endpoints by the name of what they speak of; empty when it has none
     */
    public record PartState(String name, long pid, Map<String, String> metrics) {}

    public StackState {
        parts = List.copyOf(parts);
    }

    /** State of the stack that has a directory open now; empty when none has. */
    public static Optional<StackState> ofRunning(DataDirectory directory) {
        if (!Files.exists(directory.stateFile()) || !directory.isOpen()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(directory.stateFile().toFile(), StackState.class));
        } catch (IOException e) {
            throw new CommandFailure(
                    "the state file '%s' of the running stack cannot be read (%s); stop that stack and start it again"
                            .formatted(directory.stateFile(), e.getMessage()),
                    e);
        }
    }

    /** Process id of the part with that name. */
    public Optional<PartState> part(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    /** Replaces the state file in one step; only its owner may read it, for it holds passwords. */
    void write(DataDirectory directory) {
        try {
            Path draft = Files.createTempFile(
                    directory.root(),
                    "stack",
                    ".json",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, text());
            Files.move(
                    draft, directory.stateFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CommandFailure(
                    "the state file '%s' cannot be written: %s".formatted(directory.stateFile(), e.getMessage()), e);
        }
    }

    private String text() throws JsonProcessingException {
        return JSON.writeValueAsString(this);
    }
}
