package io.tidemark.stack.registry;

import io.tidemark.platform.process.Lifeline;
import java.nio.file.Files;
import java.nio.file.Path;

/** Main class of the schema registry's child process. */
public final class RegistryProcess {

    private RegistryProcess() {}

    /**
     * Serves until the parent is gone.
     *
     * @param arguments bootstrap servers, loopback port, and the file that is created when the registry serves clients
     */
    public static void main(String[] arguments) throws Exception {
        Lifeline.exitWhenParentIsGone();
        SchemaTopic topic = SchemaTopic.open(arguments[0]);
        RegistryServer.start(new Subjects(topic), Integer.parseInt(arguments[1]));
        Files.createFile(Path.of(arguments[2]));
    }
}
