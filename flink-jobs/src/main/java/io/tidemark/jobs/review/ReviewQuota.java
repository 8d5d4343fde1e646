package io.tidemark.jobs.review;

import io.tidemark.jobs.runtime.BytesSerializer;
import io.tidemark.jobs.runtime.PrometheusReporter;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The quota of reviews. Each hour of event time the most doubtful proposals of a slice and reason enter the queue, as many as
 * its share of the day and what earlier hours left over; the rest is counted. Which ones enter does not depend on the order in
 * which they come. Bounded: what cannot enter in its day is not kept, and a day is forgotten when it is over.
 */
final class ReviewQuota extends KeyedProcessFunction<String, Proposal, Admission> {

    /** Length of the steps in which a day's quota becomes free. */
    static final long HOUR = Duration.ofHours(1).toMillis();

    private static final long serialVersionUID = 1L;
    private static final long HOURS = 24;
    private static final long QUARTERS = 4;
    private static final long DAY = HOURS * HOUR;

    private final ReviewSettings settings;
    private transient MapState<Long, byte[]> hours;
    private transient MapState<Long, Long> queuedByDay;
    private transient Counter queued;
    private transient Counter overQuota;

    ReviewQuota(ReviewSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        hours = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("hours-v1", LongSerializer.INSTANCE, BytesSerializer.INSTANCE));
        queuedByDay = getRuntimeContext().getMapState(new MapStateDescriptor<>("queued-v1", Types.LONG, Types.LONG));
        MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup(PrometheusReporter.GROUP);
        queued = metrics.counter("reviews_queued");
        overQuota = metrics.counter("reviews_over_quota");
    }

    @Override
    public void processElement(Proposal proposal, Context context, Collector<Admission> output) throws Exception {
        // one that comes late competes in the hour that is open
        long millis = Math.max(proposal.millis(), context.timerService().currentWatermark() + 1);
        long start = Math.floorDiv(millis, HOUR) * HOUR;
        ReviewHour hour = ReviewHour.fromBytes(hours.get(start));
        // at least one, to tell of which slice it is that something was over the quota
        hour.add(proposal, Math.max(1, settings.of(proposal.tenant())));
        hours.put(start, hour.toBytes());
        context.timerService().registerEventTimeTimer(start + HOUR - 1);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Admission> output) throws Exception {
        long start = timestamp + 1 - HOUR;
        byte[] stored = hours.get(start);
        if (stored != null) {
            close(ReviewHour.fromBytes(stored), start, output);
            hours.remove(start);
            context.timerService().registerEventTimeTimer((Math.floorDiv(start, DAY) + 1) * DAY - 1);
        }
        if (Math.floorMod(timestamp + 1, DAY) == 0) {
            queuedByDay.remove(Math.floorDiv(timestamp, DAY));
        }
    }

    private void close(ReviewHour hour, long start, Collector<Admission> output) throws Exception {
        long day = Math.floorDiv(start, DAY);
        Long known = queuedByDay.get(day);
        long before = known == null ? 0 : known;
        long free = share(settings.of(hour.example().tenant()), start) - before;
        List<Proposal> best = hour.best(Math.max(0, free));
        best.forEach(proposal -> output.collect(new Admission(proposal, start, 0)));
        queuedByDay.put(day, before + best.size());
        queued.inc(best.size());
        long over = hour.proposed() - best.size();
        if (over > 0) {
            overQuota.inc(over);
            output.collect(new Admission(hour.example(), start, over));
        }
    }

    /** What may have entered by the end of an hour: a quarter of the quota, and the rest spread over the day. */
    private static long share(int quota, long start) {
        long hoursBegun = Math.floorMod(start, DAY) / HOUR + 1;
        long parts = QUARTERS * HOURS;
        return (quota * (HOURS + (QUARTERS - 1) * hoursBegun) + parts - 1) / parts;
    }
}
