package io.tidemark.jobs.quality;

import io.tidemark.jobs.quality.join.Increment;
import io.tidemark.jobs.quality.join.JoinKey;
import io.tidemark.jobs.quality.join.JoinRules;
import io.tidemark.jobs.quality.join.Learned;
import io.tidemark.jobs.quality.join.LedgerCodec;
import io.tidemark.jobs.quality.join.Prediction;
import io.tidemark.jobs.quality.join.TraceLedger;
import io.tidemark.jobs.runtime.BytesSerializer;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Keeps the ledger of each trace and session: one record of state, gone with the day on which its bound ends. */
final class JoinFunction extends KeyedProcessFunction<String, KeyedRecord, Increment> {

    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<byte[]> LEDGER =
            new ValueStateDescriptor<>("ledger-v1", BytesSerializer.INSTANCE);

    private final JoinRules rules;
    private transient ValueState<byte[]> ledgers;

    JoinFunction(JoinRules rules) {
        this.rules = rules;
    }

    @Override
    public void open(OpenContext context) {
        ledgers = getRuntimeContext().getState(LEDGER);
    }

    @Override
    public void processElement(KeyedRecord record, Context context, Collector<Increment> target) throws Exception {
        String key = context.getCurrentKey();
        if (record.kind() == KeyedRecord.UNUSED) {
            String reason = new String(record.value(), StandardCharsets.UTF_8);
            target.collect(TraceLedger.unused(reason, JoinKey.tenant(key), record.micros()));
            return;
        }
        TraceLedger ledger = LedgerCodec.ledger(ledgers.value());
        TimerService timers = context.timerService();
        TraceLedger.Context now = at(timers.currentWatermark(), key, target);
        if (record.kind() == KeyedRecord.PREDICTION) {
            Prediction prediction = LedgerCodec.prediction(record.value());
            ledger.add(prediction, now);
        } else {
            Learned learned = LedgerCodec.learned(record.value());
            ledger.add(learned, now);
        }
        long millis = Math.floorDiv(record.micros(), 1_000);
        boolean waitsForItsTime = record.kind() == KeyedRecord.OUTCOME || JoinKey.isSession(key);
        if (waitsForItsTime && millis > timers.currentWatermark()) {
            timers.registerEventTimeTimer(millis);
        }
        timers.registerEventTimeTimer(rules.expiryOf(millis));
        ledgers.update(LedgerCodec.bytes(ledger));
    }

    @Override
    public void onTimer(long millis, OnTimerContext context, Collector<Increment> target) throws Exception {
        String key = context.getCurrentKey();
        TraceLedger ledger = LedgerCodec.ledger(ledgers.value());
        ledger.advance(at(context.timerService().currentWatermark(), key, target));
        ledger.expire(at(millis, key, target));
        if (ledger.isEmpty()) {
            ledgers.clear();
        } else {
            ledgers.update(LedgerCodec.bytes(ledger));
        }
    }

    private TraceLedger.Context at(long millis, String key, Collector<Increment> target) {
        return new TraceLedger.Context(rules, JoinKey.tenant(key), JoinKey.isSession(key), millis, target::collect);
    }
}
