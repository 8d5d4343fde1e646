package io.tidemark.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback ports for servers.
 *
 * <p>Free ports are taken from below the range that Linux gives to outgoing connections (32768 and up). A server that is killed
 * and started again on its port would otherwise find, now and then, that a reconnecting client was given that very port.
 */
public final class FreePorts {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 200;

    private FreePorts() {}

    /**
     * A loopback port that nothing listens on now.
     *
     * @throws StackException when none was found in 200 random attempts
     */
    public static int next() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new StackException(
                "No free port was found on 127.0.0.1 between %d and %d; stop some servers and try again."
                        .formatted(LOWEST, HIGHEST));
    }

    /**
     * The port to use for a server: the given one, or a free one for 0.
     *
     * @param server what the port is for, for the message
     * @throws StackException when something listens on the given port
     */
    public static int choose(int port, String server) {
        if (port == 0) {
            return next();
        }
        if (!isFree(port)) {
            throw new StackException(
                    "Port %d on 127.0.0.1, asked for by the %s, is in use; stop what listens there or choose another port."
                            .formatted(port, server));
        }
        return port;
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
