package io.tidemark.jobs.runtime;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.platform.metrics.MetricsServer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows Tidemark's own metrics of a job, and the few of Flink's that say whether it is well, on the same endpoint as every
 * other process of the platform: operators register theirs in a group named {@value #GROUP}.
 */
public final class PrometheusReporter implements MetricReporter {

    /** Group of the metrics that are shown. */
    public static final String GROUP = "tidemark";

    private static final Logger LOG = LoggerFactory.getLogger(PrometheusReporter.class);

    /** Flink's metrics that are shown, and how they are called here. */
    private static final Map<String, String> OF_FLINK = Map.of(
            "pendingRecords", "tidemark_job_lag_records",
            "lastCheckpointDuration", "tidemark_job_last_checkpoint_duration_millis",
            "lastCheckpointSize", "tidemark_job_last_checkpoint_size_bytes",
            "numberOfFailedCheckpoints", "tidemark_job_failed_checkpoints",
            "numRestarts", "tidemark_job_restarts");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Metric, Meter> meters = new ConcurrentHashMap<>();
    private MetricsServer server;

    @Override
    public void open(MetricConfig config) {
        String host = config.getString(PrometheusReporterFactory.HOST, "127.0.0.1");
        server = MetricsServer.start(registry, host, config.getInteger(PrometheusReporterFactory.PORT, 0), () -> true);
        LOG.info("metrics at http://{}:{}/metrics", host, server.port());
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        String shown = isOurs(group) ? "tidemark_job_" + name : OF_FLINK.get(name);
        Supplier<Number> value = value(metric);
        if (shown != null && value != null) {
            Meter meter = io.micrometer.core.instrument.Gauge.builder(shown, value)
                    .tags(tags(group))
                    .register(registry);
            meters.put(metric, meter);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        Meter meter = meters.remove(metric);
        if (meter != null) {
            registry.remove(meter);
        }
    }

    private static boolean isOurs(MetricGroup group) {
        return group.getScopeComponents().length > 0
                && group.getScopeComponents()[group.getScopeComponents().length - 1].equals(GROUP);
    }

    private static Supplier<Number> value(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter::getCount;
        }
        if (metric instanceof Gauge<?> gauge) {
            return () -> gauge.getValue() instanceof Number number ? number : Double.NaN;
        }
        return null;
    }

    private static Tags tags(MetricGroup group) {
        return Tags.of(
                "job", group.getAllVariables().getOrDefault("<job_name>", ""),
                "subtask", group.getAllVariables().getOrDefault("<subtask_index>", ""));
    }
}
