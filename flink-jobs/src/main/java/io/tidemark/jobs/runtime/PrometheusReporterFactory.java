package io.tidemark.jobs.runtime;

import io.tidemark.platform.metrics.MetricsSettings;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Lets Flink start the metrics endpoint of a job's process; found by Flink through the service loader. */
public final class PrometheusReporterFactory implements MetricReporterFactory {

    static final String HOST = "host";
    static final String PORT = "port";

    private static final String PREFIX = "metrics.reporter.tidemark.";

    /** Adds the endpoint to Flink's settings. */
    static void configure(Configuration flink, MetricsSettings settings) {
        flink.setString(PREFIX + "factory.class", PrometheusReporterFactory.class.getName());
        flink.setString(PREFIX + HOST, settings.host());
        flink.setString(PREFIX + PORT, String.valueOf(settings.port()));
    }

    @Override
    public PrometheusReporter createMetricReporter(Properties properties) {
        return new PrometheusReporter();
    }
}
