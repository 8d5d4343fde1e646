package io.tidemark.jobs.runtime;

import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The exactly-once sink of a job. */
public final class OutputSink {

    /** How long a transaction may stay open: a job that is down for longer loses what it had not committed. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 600_000;

    private static final int BATCH_BYTES = 262_144;
    private static final int LINGER_MILLIS = 20;

    private OutputSink() {}

    /**
     * A sink.
     *
     * @param job name of the job, with its run: two jobs of one name would abort each other's transactions
     * @param producer properties of the Kafka producer
     */
    public static KafkaSink<OutputRecord> exactlyOnce(String job, Properties producer) {
        Properties properties = new Properties();
        properties.putAll(producer);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(TRANSACTION_TIMEOUT_MILLIS));
        properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, String.valueOf(BATCH_BYTES));
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, String.valueOf(LINGER_MILLIS));
        return KafkaSink.<OutputRecord>builder()
                .setBootstrapServers(properties.getProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG))
                .setKafkaProducerConfig(properties)
                .setRecordSerializer(new ToProducerRecord())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(job)
                .build();
    }

    /**
     * A sink that is not transactional: records are seen at once, and again after a failure. For records whose ids make a
     * repetition harmless and that must not wait for a checkpoint.
     */
    public static KafkaSink<OutputRecord> atLeastOnce(Properties producer) {
        Properties properties = new Properties();
        properties.putAll(producer);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        return KafkaSink.<OutputRecord>builder()
                .setBootstrapServers(properties.getProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG))
                .setKafkaProducerConfig(properties)
                .setRecordSerializer(new ToProducerRecord())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .build();
    }

    /** Hands a record to the producer as it is. */
    private static final class ToProducerRecord implements KafkaRecordSerializationSchema<OutputRecord> {

        private static final long serialVersionUID = 1L;

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                OutputRecord output, KafkaSinkContext context, Long timestampMillis) {
            Integer partition = output.partition() == OutputRecord.BY_KEY ? null : output.partition();
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(output.topic(), partition, output.key(), output.value());
            for (int i = 0; i < output.headerNames().length; i++) {
                record.headers().add(output.headerNames()[i], output.headerValues()[i]);
            }
            return record;
        }
    }
}
