package io.tidemark.sink;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.platform.config.Configuration;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.sink.insert.InsertPath;
import io.tidemark.sink.insert.NativePath;
import io.tidemark.sink.migration.Migrations;
import io.tidemark.sink.service.SinkService;
import io.tidemark.stack.Topics;
import io.tidemark.testing.KafkaExtension;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A run with its own topics and database on real servers, and sinks that read it. */
public final class SinkStage implements AutoCloseable {

    private static final int MOST_PARTITIONS = 2;

    private final String bootstrapServers;
    private final String registryUrl;
    private final String clickHouseUrl;
    private final String user;
    private final String password;
    private final String run;
    private final String database;
    private final SchemaRegistry registry;
    private final KafkaProducer<byte[], byte[]> producer;
    private SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    public SinkStage(KafkaExtension kafka, String clickHouseUrl, String user, String password) {
        this.bootstrapServers = kafka.bootstrapServers();
        this.registryUrl = kafka.registryUrl();
        this.clickHouseUrl = clickHouseUrl;
        this.user = user;
        this.password = password;
        this.run = kafka.uniqueName("run");
        this.database = run.replace('-', '_');
        this.registry = new ConfluentSchemaRegistry(registryUrl, Map.of());
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
        Topics.create(bootstrapServers, run, MOST_PARTITIONS);
        Migrations.apply(config().jdbcUrl(), user, password, config().migrations());
    }

    /** Settings with further flags. */
    public SinkConfig config(String... flags) {
        List<String> all = new ArrayList<>(List.of(
                "--run=" + run,
                "--kafka.bootstrap-servers=" + bootstrapServers,
                "--registry.url=" + registryUrl,
                "--clickhouse.url=" + clickHouseUrl,
                "--clickhouse.user=" + user,
                "--clickhouse.password=" + password,
                "--clickhouse.database=" + database));
        all.addAll(List.of(flags));
        Configuration configuration = SinkConfig.load(Map.of(), all);
        return SinkConfig.from(configuration);
    }

    /** Starts a sink whose inserts go through what a test puts around them. */
    public RunningSink start(UnaryOperator<InsertPath> around, String... flags) {
        SinkConfig config = config(flags);
        InsertPath path = new NativePath(config.target());
        Producer<byte[], byte[]> deadLetters = SinkWiring.deadLetters(config);
        opened.add(path);
        opened.add(deadLetters);
        meters = new SimpleMeterRegistry();
        RunningSink sink = new RunningSink(SinkWiring.service(config, around.apply(path), deadLetters, meters));
        opened.add(sink);
        return sink;
    }

    /** Starts a sink as it is in production. */
    public RunningSink start(String... flags) {
        return start(path -> path, flags);
    }

    /** Sends records under the contract of a topic. */
    public <T extends SpecificRecord> void send(Topic topic, List<T> records) {
        try (AvroSerializer<T> serializer = new AvroSerializer<>(registry, topic)) {
            int number = 0;
            for (T record : records) {
                sendBytes(topic, "key-" + number++, serializer.serialize(topic.name(), record));
            }
        }
        producer.flush();
    }

    /** Sends bytes as they are. */
    public void sendBytes(Topic topic, String key, byte[] value) {
        sent.add(
                producer.send(new ProducerRecord<>(topic.nameInRun(run), key.getBytes(StandardCharsets.UTF_8), value)));
    }

    /** Name of a topic in this run. */
    public String name(Topic topic) {
        return topic.nameInRun(run);
    }

    public String run() {
        return run;
    }

    public String database() {
        return database;
    }

    public SchemaRegistry registry() {
        return registry;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Meters of the sink that was started last. */
    public SimpleMeterRegistry meters() {
        return meters;
    }

    /** Whether the group has committed the end of every partition of a topic. */
    public boolean hasCommittedAll(Topic topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            var committed = admin.listConsumerGroupOffsets(config().group())
                    .partitionsToOffsetAndMetadata()
                    .get(10, TimeUnit.SECONDS);
            int partitions = admin.describeTopics(List.of(name(topic)))
                    .allTopicNames()
                    .get()
                    .get(name(topic))
                    .partitions()
                    .size();
            for (int i = 0; i < partitions; i++) {
                TopicPartition partition = new TopicPartition(name(topic), i);
                long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                        .partitionResult(partition)
                        .get()
                        .offset();
                if (end > 0
                        && (committed.get(partition) == null
                                || committed.get(partition).offset() < end)) {
                    return false;
                }
            }
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Executes a statement that has no result. */
    public void change(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** One row of text, columns joined by a bar. */
    public String ask(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(String.join("|", row.stream().map(String::valueOf).toList()));
            }
            return String.join("\n", rows);
        }
    }

    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return DriverManager.getConnection(config().jdbcUrl() + "/" + database, properties);
    }

    @Override
    public void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        producer.close();
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    /** A sink in a thread of its own. */
    public static final class RunningSink implements AutoCloseable {

        private final SinkService service;
        private final Thread thread;
        private volatile Throwable failure;

        RunningSink(SinkService service) {
            this.service = service;
            this.thread = new Thread(service, "sink-under-test");
            this.thread.setUncaughtExceptionHandler((ignored, cause) -> failure = cause);
            this.thread.start();
        }

        public boolean hasFailed() {
            return failure != null;
        }

        @Override
        public void close() throws InterruptedException {
            service.close();
            thread.join();
        }
    }
}
