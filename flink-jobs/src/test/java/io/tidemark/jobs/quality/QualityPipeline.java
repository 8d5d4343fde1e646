package io.tidemark.jobs.quality;

import io.tidemark.jobs.quality.join.Increment;
import io.tidemark.jobs.quality.join.JoinKey;
import io.tidemark.jobs.quality.join.JoinRules;
import io.tidemark.jobs.quality.join.Learned;
import io.tidemark.jobs.quality.join.LedgerCodec;
import io.tidemark.jobs.quality.join.Prediction;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** The three operators of the join, one behind the other, in one thread. */
final class QualityPipeline implements AutoCloseable {

    private final long intervalMillis;
    private final JoinRules rules;
    private final int minimumCell;
    private final List<CohortRow> rows = new ArrayList<>();
    private KeyedOneInputStreamOperatorTestHarness<String, KeyedRecord, Increment> join;
    private OneInputStreamOperatorTestHarness<Increment, CohortDelta> aggregation;
    private KeyedOneInputStreamOperatorTestHarness<String, CohortDelta, CohortRow> cohorts;

    QualityPipeline(JoinRules rules, long intervalMillis, int minimumCell) throws Exception {
        this.rules = rules;
        this.intervalMillis = intervalMillis;
        this.minimumCell = minimumCell;
        create();
        join.open();
        aggregation.open();
        cohorts.open();
    }

    private void create() throws Exception {
        join = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new JoinFunction(rules)), KeyedRecord::key, Types.STRING);
        aggregation = new OneInputStreamOperatorTestHarness<>(new CohortAggregation(intervalMillis));
        cohorts = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new CohortFunction(rules, intervalMillis, minimumCell)),
                CohortDelta::slice,
                Types.STRING);
    }

    /** As after a failure: new operators, with the state of a checkpoint. */
    void restart() throws Exception {
        aggregation.getOperator().prepareSnapshotPreBarrier(1);
        passOn();
        OperatorSubtaskState joined = join.snapshot(1, 1);
        OperatorSubtaskState stated = cohorts.snapshot(1, 1);
        close();
        create();
        join.initializeState(joined);
        join.open();
        aggregation.open();
        cohorts.initializeState(stated);
        cohorts.open();
    }

    void prediction(String tenant, String traceId, Prediction prediction) throws Exception {
        send(new KeyedRecord(
                JoinKey.ofTrace(tenant, traceId),
                KeyedRecord.PREDICTION,
                LedgerCodec.bytes(prediction),
                prediction.eventMicros()));
    }

    void outcome(String tenant, String traceId, Learned learned) throws Exception {
        send(new KeyedRecord(
                JoinKey.ofTrace(tenant, traceId),
                KeyedRecord.OUTCOME,
                LedgerCodec.bytes(learned),
                learned.observedMicros()));
    }

    void send(KeyedRecord record) throws Exception {
        join.processElement(new StreamRecord<>(record));
        passOn();
    }

    /** Lets time pass in all operators, as a watermark does. */
    void watermark(long millis) throws Exception {
        join.processWatermark(new Watermark(millis));
        passOn();
        aggregation.processWatermark(new Watermark(millis));
        passOn();
        cohorts.processWatermark(new Watermark(millis));
        passOn();
    }

    private void passOn() throws Exception {
        for (Increment increment : join.extractOutputValues()) {
            aggregation.processElement(new StreamRecord<>(increment));
        }
        join.getOutput().clear();
        for (CohortDelta delta : aggregation.extractOutputValues()) {
            cohorts.processElement(new StreamRecord<>(delta));
        }
        aggregation.getOutput().clear();
        rows.addAll(cohorts.extractOutputValues());
        cohorts.getOutput().clear();
    }

    /** Entries of keyed state of the join. */
    int ledgers() {
        return join.numKeyedStateEntries();
    }

    /** Entries of keyed state of the cohorts. */
    int cohortEntries() {
        return cohorts.numKeyedStateEntries();
    }

    List<CohortRow> rows() {
        return rows;
    }

    @Override
    public void close() throws Exception {
        join.close();
        aggregation.close();
        cohorts.close();
    }
}
