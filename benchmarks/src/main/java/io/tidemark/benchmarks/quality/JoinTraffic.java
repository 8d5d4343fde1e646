package io.tidemark.benchmarks.quality;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.jobs.quality.KeyedRecord;
import io.tidemark.jobs.quality.join.JoinKey;
import io.tidemark.jobs.quality.join.Learned;
import io.tidemark.jobs.quality.join.LedgerCodec;
import io.tidemark.jobs.quality.join.Prediction;
import io.tidemark.jobs.quality.measure.QualitySlice;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Sampled inferences of 2,000 a second, one in ten, as the job's sampler hands them on, and a label a quarter of an hour later for each
 * twentieth of them. What comes after the last one is not passed on.
 */
final class JoinTraffic implements FlatMapFunction<Long, KeyedRecord> {

    /** First inference. */
    static final long START_MICROS = 1_772_409_600_000_000L;

    /** Time from one sampled inference to the next. */
    static final long STEP_MICROS = 5_000;

    /** Inferences of which one gets a label. */
    static final long LABELLED_EVERY = 20;

    /** Records handed on so far by all subtasks of this process. */
    static final AtomicLong SENT = new AtomicLong();

    private static final long serialVersionUID = 1L;
    private static final long LABEL_DELAY = 900_000_000L;
    private static final long SAMPLED_UNTIL_LABEL = LABEL_DELAY / STEP_MICROS;
    private static final double WEIGHT = 10;
    private static final int TENANTS = 40;
    private static final int PROMPTS = 5;
    private static final int INTENTS = 5;

    private final long inferences;

    JoinTraffic(long inferences) {
        this.inferences = inferences;
    }

    @Override
    public void flatMap(Long index, Collector<KeyedRecord> target) {
        if (index >= inferences) {
            return;
        }
        long micros = START_MICROS + index * STEP_MICROS;
        target.collect(new KeyedRecord(
                key(index), KeyedRecord.PREDICTION, LedgerCodec.bytes(prediction(index, micros)), micros));
        long labelled = index - SAMPLED_UNTIL_LABEL;
        if (labelled >= 0 && labelled % LABELLED_EVERY == 0) {
            Learned label = new Learned(labelled, "", "label", "", Double.NaN, "yes", micros, Double.NaN, "", 0);
            target.collect(new KeyedRecord(key(labelled), KeyedRecord.OUTCOME, LedgerCodec.bytes(label), micros));
        }
        SENT.incrementAndGet();
    }

    private static String key(long index) {
        return JoinKey.ofTrace(tenant(index), hex(index));
    }

    private static String tenant(long index) {
        return "tenant-" + index % TENANTS;
    }

    private static String hex(long index) {
        HexFormat format = HexFormat.of();
        return format.toHexDigits(index * 0x9E3779B97F4A7C15L) + format.toHexDigits(index * 0xC2B2AE3D27D4EB4FL + 1);
    }

    private static Prediction prediction(long index, long micros) {
        VersionTuple version = new VersionTuple(
                "llama-3.1-8b", "none", "support-v" + index % PROMPTS, "tools-3", "index-41", "eval-118", "gateway-7");
        String slice = QualitySlice.finest(TrafficRole.PRODUCTION, tenant(index), version, "intent-" + index % INTENTS)
                .text();
        return new Prediction(hex(~index), hex(index).substring(16), micros, slice, "", WEIGHT, "yes", 0.8, 1);
    }
}
