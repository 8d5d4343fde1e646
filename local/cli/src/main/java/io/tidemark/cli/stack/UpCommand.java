package io.tidemark.cli.stack;

import io.tidemark.cli.terminal.Terminal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the stack until it is interrupted. */
@Command(
        name = "up",
        description = "Start the stack, print its endpoints, and run it until Ctrl-C.",
        mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Loopback port of the embedded broker (default: a free one).")
    private int kafkaPort;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Loopback port of the embedded registry (default: a free one).")
    private int registryPort;

    @Option(
            names = "--clickhouse-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Loopback port of the embedded ClickHouse (default: a free one).")
    private int clickHousePort;

    @Option(
            names = "--otlp-http-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Loopback port of the gateway for OTLP/HTTP, usually 4318 (default: a free one).")
    private int otlpHttpPort;

    @Option(
            names = "--otlp-grpc-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Loopback port of the gateway for OTLP/gRPC, usually 4317 (default: a free one).")
    private int otlpGrpcPort;

    @Option(
            names = "--console-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Loopback port of the console (default: a free one).")
    private int consolePort;

    @Option(
            names = "--console-rollback",
            paramLabel = "NAME",
            description = "Let the console's token command rollbacks too, under this name (default: it only reads).")
    private String consoleRollback;

    @Mixin
    private BridgeOptions bridges;

    @Mixin
    private JudgingOptions judging;

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = Terminal.of(spec);
        Clock clock = Clock.systemUTC();
        Instant start = clock.instant();
        Ports ports = new Ports(kafkaPort, registryPort, clickHousePort);
        terminal.note("starting the stack with its data in %s ..."
                .formatted(stack.data().root()));
        try (StackSupervisor supervisor = StackSupervisor.start(
                stack.data(), stack.external(), ports, stack.minimumFreeBytes(), terminal::note)) {
            supervisor.startRun("");
            IngestAccess ingest = supervisor.startIngest(new OtlpPorts(otlpHttpPort, otlpGrpcPort));
            supervisor.startBridges(bridges.settings());
            supervisor.startJudging(judging.settings());
            ConsoleAccess console = supervisor.startConsole(consolePort, Optional.ofNullable(consoleRollback));
            EndpointsText.lines(supervisor.endpoints()).forEach(terminal::print);
            ingest.lines().forEach(terminal::print);
            console.lines().forEach(terminal::print);
            bridges.lines().forEach(terminal::print);
            judging.lines().forEach(terminal::print);
            terminal.print("ready after %.1f s; stop with Ctrl-C"
                    .formatted(Duration.between(start, clock.instant()).toMillis() / 1000.0));
            supervisor.superviseUntilInterrupted();
        }
        return 0;
    }
}
