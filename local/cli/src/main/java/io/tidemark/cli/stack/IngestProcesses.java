package io.tidemark.cli.stack;

import io.tidemark.assembly.stream.AssemblyProcess;
import io.tidemark.gateway.server.GatewayProcess;
import io.tidemark.platform.access.ApiKey;
import io.tidemark.stack.FreePorts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The gateway and the trace assembler of live traffic. */
final class IngestProcesses implements AutoCloseable {

    private static final String TENANT = "local";
    private static final List<String> FLAGS = List.of("-Xms64m", "-Xmx400m", "-XX:+UseSerialGC");

    private final Part gateway;
    private final Part assembler;
    private final IngestAccess access;

    private IngestProcesses(Part gateway, Part assembler, IngestAccess access) {
        this.gateway = gateway;
        this.assembler = assembler;
        this.access = access;
    }

    /**
     * Starts both.
     *
     * @param ports loopback ports of the gateway; 0 stands for a free one
     */
    static IngestProcesses start(StackEndpoints endpoints, DataDirectory data, OtlpPorts ports) {
        int http = ports.http() == 0 ? FreePorts.next() : ports.http();
        int grpc = ports.grpc() == 0 ? FreePorts.next() : ports.grpc();
        IngestAccess access = new IngestAccess(
                "http://127.0.0.1:" + http, "http://127.0.0.1:" + grpc, TENANT, StoredKey.of(data, "ingest-key"));
        Map<String, String> gateway = common(endpoints);
        gateway.put("gateway.http-port", Integer.toString(http));
        gateway.put("gateway.grpc-port", Integer.toString(grpc));
        gateway.put("gateway.keys", ApiKey.hash(access.key()) + " " + TENANT);
        Map<String, String> assembly = common(endpoints);
        assembly.put("assembly.state-directory", data.root().resolve("assembly").toString());
        // a process that died is forgotten soon, and the one that follows it gets its partitions
        assembly.put("kafka.properties.session.timeout.ms", "6000");
        assembly.put("kafka.properties.heartbeat.interval.ms", "1500");
        return new IngestProcesses(
                service(PartNames.GATEWAY, "gateway", GatewayProcess.class, gateway, data),
                service(PartNames.ASSEMBLER, "assembly", AssemblyProcess.class, assembly, data),
                access);
    }

    IngestAccess access() {
        return access;
    }

    /** Order of a clean stop: first who takes spans in. */
    List<Part> parts() {
        return List.of(gateway, assembler);
    }

    @Override
    public void close() {
        parts().forEach(part -> part.stop().run());
    }

    private static Map<String, String> common(StackEndpoints endpoints) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("lifeline", "stdin");
        settings.put("kafka.bootstrap-servers", endpoints.kafkaBootstrapServers());
        endpoints.kafkaProperties().forEach((name, value) -> settings.put("kafka.properties." + name, value));
        settings.put("registry.url", endpoints.registryUrl());
        return settings;
    }

    private static Part service(
            String name, String file, Class<?> mainClass, Map<String, String> settings, DataDirectory data) {
        return JavaService.start(name, file, "", List.of(new Hosted(file, mainClass, settings)), FLAGS, data);
    }
}
