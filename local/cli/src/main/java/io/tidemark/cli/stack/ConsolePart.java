package io.tidemark.cli.stack;

import io.tidemark.console.ConsoleProcess;
import io.tidemark.console.access.Access;
import io.tidemark.platform.access.ApiKey;
import io.tidemark.stack.FreePorts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The console of a stack.
 *
 * @param access how to reach it
 */
record ConsolePart(Part part, ConsoleAccess access) {

    private static final List<String> FLAGS = List.of("-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /**
     * Starts it.
     *
     * @param port loopback port; 0 stands for a free one
     * @param commander name under which its token may command rollbacks; empty when it only reads
     */
    static ConsolePart start(StackEndpoints endpoints, DataDirectory data, int port, Optional<String> commander) {
        int chosen = port == 0 ? FreePorts.next() : port;
        ConsoleAccess access = new ConsoleAccess("http://127.0.0.1:" + chosen, StoredKey.of(data, "console-token"));
        ClickHouseAccess clickHouse = endpoints.clickHouse();
        Map<String, String> settings = new TreeMap<>();
        settings.put("lifeline", "stdin");
        settings.put("console.port", Integer.toString(chosen));
        settings.put(
                "console.tokens",
                "%s %s%s"
                        .formatted(
                                ApiKey.hash(access.token()),
                                Access.ALL,
                                commander.map(name -> " rollback=" + name).orElse("")));
        commander.ifPresent(name -> settings.putAll(commands(endpoints)));
        settings.put("clickhouse.url", clickHouse.httpUrl().toString());
        settings.put("clickhouse.database", clickHouse.database());
        settings.put("clickhouse.user", clickHouse.analystUser());
        settings.put("clickhouse.password", clickHouse.analystPassword());
        List<Hosted> processes = List.of(new Hosted("console", ConsoleProcess.class, settings));
        return new ConsolePart(JavaService.start(PartNames.CONSOLE, "console", "", processes, FLAGS, data), access);
    }

    private static Map<String, String> commands(StackEndpoints endpoints) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("kafka.bootstrap-servers", endpoints.kafkaBootstrapServers());
        settings.put("registry.url", endpoints.registryUrl());
        endpoints.kafkaProperties().forEach((name, value) -> settings.put("kafka.properties." + name, value));
        return settings;
    }
}
