package io.tidemark.cli.ingest;

import io.tidemark.cli.terminal.Terminal;
import io.tidemark.platform.access.ApiKey;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an API key. */
@Command(
        name = "key",
        description =
                "Make an API key for a tenant: the key on standard error, the line for the gateway's key file on standard output.",
        mixinStandardHelpOptions = true)
final class KeyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TENANT", description = "Tenant that the key belongs to.")
    private String tenant;

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(spec);
        String key = ApiKey.random(new SecureRandom());
        terminal.note("key for the client, shown only now: " + key);
        terminal.print(ApiKey.hash(key) + " " + tenant);
        return 0;
    }
}
