package io.tidemark.console;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.console.access.Tokens;
import io.tidemark.console.analysis.RolloutEndpoints;
import io.tidemark.console.api.ReadEndpoints;
import io.tidemark.console.command.CommandSettings;
import io.tidemark.console.command.RollbackEndpoint;
import io.tidemark.console.http.Route;
import io.tidemark.console.http.Router;
import io.tidemark.console.query.ClickHouse;
import io.tidemark.console.web.StaticFiles;
import io.tidemark.registry.ReleaseLog;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The console's server. It speaks plain HTTP: across a network it belongs behind something that speaks TLS. */
public final class Console implements AutoCloseable {

    private static final Duration TOKEN_REFRESH = Duration.ofSeconds(2);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);
    private static final int HEADER_BYTES = 16 << 10;

    private final Server server;
    private final ServerConnector connector;
    private final ScheduledExecutorService refresher;

    private Console(ConsoleConfig config, MeterRegistry meters, Clock clock) {
        Tokens tokens = new Tokens(config.tokensFile(), config.tokens());
        ClickHouse clickHouse = new ClickHouse(config.clickHouse(), meters, clock);
        List<Route> routes = new ArrayList<>();
        routes.addAll(new RolloutEndpoints(tokens, clickHouse, meters, clock).routes());
        Optional<ReleaseLog> releases = config.commands().map(CommandSettings::releaseLog);
        routes.addAll(new ReadEndpoints(tokens, clickHouse, config.targets(), releases.isPresent(), clock).routes());
        routes.addAll(new RollbackEndpoint(tokens, releases, clock).routes());
        routes.addAll(new StaticFiles().routes());
        QueuedThreadPool threads = new QueuedThreadPool(config.threads(), Math.min(8, config.threads()));
        threads.setName("console");
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        server.addConnector(connector);
        server.setHandler(new Router(routes, meters));
        refresher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "tokens");
            thread.setDaemon(true);
            return thread;
        });
        refresher.scheduleWithFixedDelay(
                tokens::refresh, TOKEN_REFRESH.toMillis(), TOKEN_REFRESH.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Starts a console. ClickHouse need not be there yet.
     *
     * @throws IllegalStateException when the port is taken
     */
    public static Console start(ConsoleConfig config, MeterRegistry meters, Clock clock) {
        Console console = new Console(config, meters, clock);
        try {
            console.server.start();
            return console;
        } catch (Exception e) { // Jetty's start() declares no less
            console.refresher.shutdownNow();
            throw new IllegalStateException(
                    "the console cannot listen on %s, port %d: %s"
                            .formatted(config.host(), config.port(), e.getMessage()),
                    e);
        }
    }

    /** Port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Whether the server runs. */
    public boolean isHealthy() {
        return server.isRunning();
    }

    @Override
    public void close() {
        refresher.shutdownNow();
        try {
            server.stop();
        } catch (Exception e) { // Jetty's stop() declares no less
            throw new IllegalStateException("the console does not stop", e);
        }
    }
}
