package io.tidemark.jobs.drift;

import io.tidemark.contracts.trace.Dimension;
import io.tidemark.contracts.trace.InferenceEvent;
import io.tidemark.contracts.trace.ProjectedTrace;
import io.tidemark.contracts.trace.TextField;
import io.tidemark.jobs.drift.profile.BuiltInMeasure;
import io.tidemark.jobs.drift.profile.MeasureLayout;
import io.tidemark.jobs.drift.profile.Profile;
import java.util.Arrays;
import java.util.List;

/** Counts the values of traces in the bins of one baseline. Not thread-safe. */
final class CountingLayout {

    private static final double MICRO = 1e6;
    private static final byte[] UNKNOWN_INTENT = {'u', 'n', 'k', 'n', 'o', 'w', 'n'};

    private final Profile profile;
    private final MeasureLayout[] layouts;
    private final int[] starts;
    private final boolean[] isBuiltIn;
    private final NameIndex numberNames;
    private final NameIndex textNames;
    private final NameIndex[] categories;
    private final int[] builtIn;
    private final FeatureReader features = new FeatureReader();
    private int[] counts;

    CountingLayout(Profile profile) {
        this.profile = profile;
        layouts = profile.layouts().toArray(MeasureLayout[]::new);
        starts = new int[layouts.length + 1];
        isBuiltIn = new boolean[layouts.length];
        categories = new NameIndex[layouts.length];
        for (int i = 0; i < layouts.length; i++) {
            starts[i + 1] = starts[i] + layouts[i].size();
            categories[i] = layouts[i].isCategorical() ? new NameIndex(layouts[i].categories()) : null;
        }
        List<String> names = Arrays.stream(layouts).map(MeasureLayout::name).toList();
        numberNames = new NameIndex(names);
        textNames = new NameIndex(names);
        builtIn = Arrays.stream(BuiltInMeasure.values())
                .mapToInt(measure -> names.indexOf(measure.measureName()))
                .toArray();
        for (int index : builtIn) {
            if (index >= 0) {
                isBuiltIn[index] = true;
            }
        }
    }

    Profile profile() {
        return profile;
    }

    /** Number of counts of all measures. */
    int size() {
        return starts[layouts.length];
    }

    /** Counts a trace: one count for each value that it has. */
    void add(ProjectedTrace trace, int[] target) {
        counts = target;
        features.numbers(trace, numberNames, this::number);
        features.texts(trace, textNames, this::text);
        InferenceEvent event = trace.event();
        number(BuiltInMeasure.INPUT_TOKENS, event.inputTokens, 1);
        number(BuiltInMeasure.OUTPUT_TOKENS, event.outputTokens, 1);
        number(BuiltInMeasure.CONFIDENCE, event.confidenceMicros, MICRO);
        intent(trace);
        text(BuiltInMeasure.PREDICTION, trace, TextField.PREDICTION);
        text(BuiltInMeasure.FINISH_REASON, trace, TextField.FINISH_REASON);
    }

    private void number(int measure, double value) {
        if (!isBuiltIn[measure]) {
            counts[starts[measure] + layouts[measure].indexOf(value)]++;
        }
    }

    private void text(int measure, byte[] bytes, int offset, int length) {
        if (!isBuiltIn[measure]) {
            countText(measure, bytes, offset, length);
        }
    }

    private void countText(int measure, byte[] bytes, int offset, int length) {
        MeasureLayout layout = layouts[measure];
        int index = layout.otherType();
        if (categories[measure] != null) {
            categories[measure].rewind();
            index = layout.indexOfCategory(categories[measure].find(bytes, offset, length));
        }
        counts[starts[measure] + index]++;
    }

    private void number(BuiltInMeasure measure, long value, double unit) {
        int index = builtIn[measure.ordinal()];
        if (index >= 0 && value != InferenceEvent.UNKNOWN) {
            counts[starts[index] + layouts[index].indexOf(value / unit)]++;
        }
    }

    private void text(BuiltInMeasure measure, ProjectedTrace trace, TextField field) {
        int index = builtIn[measure.ordinal()];
        if (index >= 0 && trace.has(field)) {
            countText(index, trace.recordBytes(), trace.offset(field), trace.length(field));
        }
    }

    private void intent(ProjectedTrace trace) {
        int index = builtIn[BuiltInMeasure.INTENT.ordinal()];
        if (index < 0) {
            return;
        }
        int length = trace.length(Dimension.INTENT);
        if (length < 0) {
            countText(index, UNKNOWN_INTENT, 0, UNKNOWN_INTENT.length);
        } else {
            countText(index, trace.recordBytes(), trace.offset(Dimension.INTENT), length);
        }
    }

    /**
     * Counts of one measure.
     *
     * @param traces traces that were counted; those without a value are missing
     */
    long[] measure(int index, int[] source, long traces) {
        MeasureLayout layout = layouts[index];
        long[] measure = new long[layout.size()];
        long seen = 0;
        for (int i = 0; i < measure.length; i++) {
            measure[i] = source[starts[index] + i];
            seen += measure[i];
        }
        // a feature that is both number and text in one trace counts twice
        measure[layout.missing()] = Math.max(0, traces - seen);
        return measure;
    }
}
