package io.tidemark.cli.stack;

import io.tidemark.stack.EmbeddedClickHouse;
import io.tidemark.stack.EmbeddedKafka;
import io.tidemark.stack.EmbeddedRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.LoggerFactory;

/** Broker, registry and ClickHouse: those without a URL are started here, side by side where one does not need the other. */
final class EmbeddedParts implements AutoCloseable {

    private final DataDirectory data;
    private final ExternalParts external;
    private final Ports ports;
    private final Deque<Part> started = new ArrayDeque<>();
    private StackEndpoints endpoints;

    private EmbeddedParts(DataDirectory data, ExternalParts external, Ports ports) {
        this.data = data;
        this.external = external;
        this.ports = ports;
    }

    static EmbeddedParts start(DataDirectory data, ExternalParts external, Ports ports) {
        // the threads below would otherwise set logging up at the same time, and say so on standard error
        LoggerFactory.getILoggerFactory();
        EmbeddedParts parts = new EmbeddedParts(data, external, ports);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CompletableFuture<ClickHouseAccess> clickHouse = CompletableFuture.supplyAsync(parts::clickHouse, threads);
        CompletableFuture<StackEndpoints> streaming = CompletableFuture.supplyAsync(parts::streaming, threads);
        try {
            CompletableFuture.allOf(clickHouse, streaming).join();
            StackEndpoints half = streaming.join();
            parts.endpoints = new StackEndpoints(
                    half.kafkaBootstrapServers(), half.kafkaProperties(), half.registryUrl(), clickHouse.join());
            return parts;
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        } finally {
            threads.shutdownNow();
        }
    }

    StackEndpoints endpoints() {
        return endpoints;
    }

    /** The parts that were started, in that order. */
    synchronized Iterable<Part> parts() {
        return new ArrayDeque<>(started);
    }

    private ClickHouseAccess clickHouse() {
        return external.clickHouse().orElseGet(() -> {
            EmbeddedClickHouse engine = EmbeddedClickHouse.start(data.clickHouse(), ports.clickHouse());
            add(new Part(PartNames.CLICKHOUSE, Map.of(), engine::isAlive, engine::pid, engine::restart, engine::close));
            return ClickHouseAccess.of(engine);
        });
    }

    private StackEndpoints streaming() {
        String bootstrap = external.kafkaBootstrapServers().orElseGet(this::kafka);
        String registry = external.registryUrl().orElseGet(() -> registry(bootstrap));
        return new StackEndpoints(bootstrap, external.kafkaProperties(), registry, null);
    }

    private String kafka() {
        EmbeddedKafka broker = EmbeddedKafka.start(data.kafka(), ports.kafka());
        add(new Part(PartNames.BROKER, Map.of(), broker::isAlive, broker::pid, broker::restart, broker::close));
        return broker.bootstrapServers();
    }

    private String registry(String bootstrap) {
        EmbeddedRegistry registry = EmbeddedRegistry.start(bootstrap, data.registry(), ports.registry());
        add(new Part(
                PartNames.REGISTRY, Map.of(), registry::isAlive, registry::pid, registry::restart, registry::close));
        return registry.url();
    }

    private synchronized void add(Part part) {
        started.add(part);
    }

    /** Stops what was started: ClickHouse, then the registry, then the broker that it needs. */
    @Override
    public synchronized void close() {
        started.stream()
                .filter(part -> part.name().equals(PartNames.CLICKHOUSE))
                .forEach(part -> part.stop().run());
        started.removeIf(part -> part.name().equals(PartNames.CLICKHOUSE));
        while (!started.isEmpty()) {
            started.removeLast().stop().run();
        }
    }
}
