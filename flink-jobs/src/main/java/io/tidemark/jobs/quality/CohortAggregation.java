package io.tidemark.jobs.quality;

import io.tidemark.jobs.quality.join.Increment;
import io.tidemark.jobs.quality.measure.Cohort;
import io.tidemark.jobs.quality.measure.CohortName;
import io.tidemark.jobs.quality.measure.QualitySlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds increments up by slice and cohort before they are sent to another task, for every level of the lattice. It holds
 * nothing over a checkpoint.
 */
final class CohortAggregation extends AbstractStreamOperator<CohortDelta>
        implements OneInputStreamOperator<Increment, CohortDelta> {

    private static final long serialVersionUID = 1L;
    private static final int MAXIMUM_COHORTS = 100_000;
    private static final int CACHED_SLICES = 10_000;

    private final long intervalMillis;
    private transient Map<String, Map<String, Cohort>> open;
    private transient Map<String, List<String>> levels;
    private transient int cohorts;

    /** @param intervalMillis time between restatements, in milliseconds */
    CohortAggregation(long intervalMillis) {
        this.intervalMillis = intervalMillis;
    }

    @Override
    public void open() throws Exception {
        super.open();
        open = new HashMap<>();
        levels = new HashMap<>();
    }

    @Override
    public void processElement(StreamRecord<Increment> element) {
        Increment increment = element.getValue();
        long tick = Math.floorDiv(increment.observedMillis(), intervalMillis) * intervalMillis + intervalMillis;
        String cohort = new CohortName(
                        increment.dayMillis(),
                        increment.ageDays(),
                        increment.unit(),
                        increment.measure(),
                        increment.category())
                .text();
        for (String slice : levels(increment)) {
            open.computeIfAbsent(slice, unused -> new HashMap<>())
                    .computeIfAbsent(cohort, this::newCohort)
                    .at(tick, increment.bin())
                    .add(increment.weight(), increment.part(), increment.sign());
        }
        if (cohorts > MAXIMUM_COHORTS) {
            drain();
        }
    }

    private Cohort newCohort(String unused) {
        cohorts++;
        return new Cohort();
    }

    private List<String> levels(Increment increment) {
        if (levels.size() > CACHED_SLICES) {
            levels.clear();
        }
        return levels.computeIfAbsent(
                increment.slice() + "\n" + increment.groups(),
                unused -> levels(QualitySlice.parse(increment.slice()), increment.groups()));
    }

    private static List<String> levels(QualitySlice finest, String groups) {
        List<String> texts = new ArrayList<>();
        finest.levels().forEach(slice -> texts.add(slice.text()));
        groups.lines().forEach(group -> {
            int split = group.indexOf('=');
            texts.add(finest.group(group.substring(0, split), group.substring(split + 1))
                    .text());
        });
        return texts;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        drain();
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        drain();
    }

    @Override
    public void finish() {
        drain();
    }

    private void drain() {
        open.forEach((slice, byName) -> byName.forEach(
                (name, cohort) -> output.collect(new StreamRecord<>(new CohortDelta(slice, name, cohort.toBytes())))));
        open.clear();
        cohorts = 0;
    }
}
