package io.tidemark.gateway.server;

import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server of the gateway.
 *
 * @param connector where it listens
 */
record HttpServer(Server server, ServerConnector connector) {

    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration STOP_TIMEOUT = Duration.ofMillis(300);
    private static final int HEADER_BYTES = 16 << 10;
    private static final int WAITING_CONNECTIONS = 1_024;

    static HttpServer of(GatewayConfig config, Handler handler) {
        QueuedThreadPool threads = new QueuedThreadPool(config.threads(), Math.min(8, config.threads()));
        threads.setName("http");
        threads.setDaemon(true);
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector = config.tls()
                .map(tls -> new ServerConnector(server, new SslConnectionFactory(ssl(tls), "http/1.1"), plain))
                .orElseGet(() -> new ServerConnector(server, plain));
        connector.setHost(config.host());
        connector.setPort(config.httpPort());
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        connector.setAcceptQueueSize(WAITING_CONNECTIONS);
        server.addConnector(connector);
        server.setHandler(handler);
        server.setStopTimeout(STOP_TIMEOUT.toMillis());
        return new HttpServer(server, connector);
    }

    private static SslContextFactory.Server ssl(TlsSettings tls) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager[] trust = tls.trustManagers()
                    .map(TrustManagerFactory::getTrustManagers)
                    .orElse(null);
            context.init(tls.keyManagers().getKeyManagers(), trust, null);
            SslContextFactory.Server factory = new SslContextFactory.Server();
            factory.setSslContext(context);
            factory.setNeedClientAuth(trust != null);
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }
}
