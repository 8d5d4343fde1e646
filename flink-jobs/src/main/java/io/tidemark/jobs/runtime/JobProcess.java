package io.tidemark.jobs.runtime;

import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.metrics.MetricsSettings;
import io.tidemark.platform.process.Lifeline;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;

/** What the main method of every job does: settings, environment, parallelism, the job itself. */
public final class JobProcess {

    /**
     * A job that is ready to run.
     *
     * @param name name in Flink, with its run
     * @param inputPartitions partitions of its input: the highest sensible parallelism, as a subtask without a partition would hold
     *     back the time of all others
     * @param build adds its operators to an environment
     */
    public record Job(String name, int inputPartitions, Consumer<StreamExecutionEnvironment> build) {}

    /** Reads the settings of one job. */
    @FunctionalInterface
    public interface Definition {

        /** The job with these settings; may ask Kafka. */
        Job of(Configuration configuration) throws ExecutionException, InterruptedException;
    }

    private JobProcess() {}

    /**
     * Runs a job until it ends.
     *
     * @param arguments settings as {@code key=value}; they win over the environment
     * @param keys every key that the job knows
     * @throws Exception what Flink says when the job fails
     */
    public static void run(String[] arguments, List<ConfigurationKey<?>> keys, Definition definition) throws Exception {
        Configuration configuration = Configuration.load(keys, System.getenv(), List.of(arguments));
        Lifeline.attach(configuration);
        Job job = definition.of(configuration);
        JobSettings settings = JobSettings.from(configuration);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(
                settings.toFlink(MetricsSettings.from(configuration)));
        environment.setParallelism(Math.min(settings.parallelism(), job.inputPartitions()));
        job.build().accept(environment);
        environment.execute(job.name());
    }

    /**
     * Partitions of a topic.
     *
     * @param client properties of any Kafka client
     * @throws ExecutionException when Kafka does not say, for example because there is no such topic
     */
    public static int partitions(Properties client, String topic) throws ExecutionException, InterruptedException {
        Properties properties = new Properties();
        properties.putAll(client);
        try (Admin admin = Admin.create(properties)) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size();
        }
    }
}
