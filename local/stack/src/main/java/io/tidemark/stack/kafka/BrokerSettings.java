package io.tidemark.stack.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Settings of a single broker that is its own controller: quick to start, quick to recover after {@code kill -9}, small.
 *
 * @param logDirectory folder of the partitions
 * @param port loopback port for clients
 * @param controllerPort loopback port on which broker and controller talk; may differ at every start
 */
public record BrokerSettings(Path logDirectory, int port, int controllerPort) {

    private static final int NODE = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final int MEBIBYTE = 1024 * 1024;

    /** Writes the settings as a properties file. */
    public void write(Path file) throws IOException {
        try (OutputStream output = Files.newOutputStream(file)) {
            properties().store(output, null);
        }
    }

    Properties properties() {
        Properties properties = new Properties();
        addRoles(properties);
        addTopicDefaults(properties);
        addSingleNodeInternals(properties);
        addSizes(properties);
        return properties;
    }

    private void addRoles(Properties properties) {
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", Integer.toString(NODE));
        properties.setProperty("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        properties.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        properties.setProperty(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,%s://127.0.0.1:%d".formatted(port, CONTROLLER_LISTENER, controllerPort));
        properties.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.setProperty("inter.broker.listener.name", "PLAINTEXT");
        properties.setProperty(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        properties.setProperty("log.dirs", logDirectory.toString());
    }

    private static void addTopicDefaults(Properties properties) {
        properties.setProperty("auto.create.topics.enable", "false");
        properties.setProperty("default.replication.factor", "1");
        properties.setProperty("min.insync.replicas", "1");
        properties.setProperty("log.message.timestamp.type", "LogAppendTime");
        properties.setProperty("message.max.bytes", Integer.toString(4 * MEBIBYTE));
        properties.setProperty("log.segment.bytes", Integer.toString(128 * MEBIBYTE));
        properties.setProperty("log.index.size.max.bytes", Integer.toString(MEBIBYTE));
        properties.setProperty("transaction.max.timeout.ms", "900000");
    }

    private static void addSingleNodeInternals(Properties properties) {
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            properties.setProperty(topic + ".replication.factor", "1");
            properties.setProperty(topic + ".num.partitions", "3");
        }
        properties.setProperty("transaction.state.log.min.isr", "1");
        properties.setProperty("share.coordinator.state.topic.min.isr", "1");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        // a broker that comes back after kill -9 may register again only when its old session has expired
        properties.setProperty("broker.heartbeat.interval.ms", "500");
        properties.setProperty("broker.session.timeout.ms", "4000");
    }

    private static void addSizes(Properties properties) {
        properties.setProperty("num.network.threads", "2");
        properties.setProperty("num.io.threads", "4");
        properties.setProperty("background.threads", "2");
        properties.setProperty("num.recovery.threads.per.data.dir", "2");
        properties.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(8 * MEBIBYTE));
        properties.setProperty("group.coordinator.threads", "1");
    }
}
