package io.tidemark.jobs.drift;

import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.Baseline;
import io.tidemark.contracts.avro.BaselineMeasure;
import io.tidemark.contracts.avro.BaselineState;
import io.tidemark.jobs.drift.profile.MeasureLayout;
import io.tidemark.jobs.drift.profile.Profile;
import io.tidemark.jobs.drift.profile.Profile.Cell;
import io.tidemark.jobs.drift.profile.Profile.ProfileHead;
import io.tidemark.registry.TrustedRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Profiles as records of the baselines topic: one that describes the baseline, and one for each cell. */
public final class BaselineRecords {

    /** Version of the layout of a profile that this build writes and reads. */
    public static final int VERSION = 1;

    static {
        TrustedRecords.register();
    }

    private BaselineRecords() {}

    /** Key of a record: the baseline, or the baseline and the slice. */
    public static String key(Baseline record) {
        return record.getSlice() == null
                ? record.getBaselineId()
                : record.getBaselineId() + "|" + SliceKey.of(record.getSlice());
    }

    /** Cells first and the description last, so that a baseline that can be seen is complete. */
    public static List<Baseline> of(Profile profile, BaselineState state) {
        List<Baseline> records = new ArrayList<>();
        for (Cell cell : profile.cells()) {
            records.add(cell(profile, cell));
        }
        records.add(description(profile, state));
        return records;
    }

    private static Baseline description(Profile profile, BaselineState state) {
        ProfileHead head = profile.head();
        List<BaselineMeasure> measures = new ArrayList<>();
        for (MeasureLayout layout : profile.layouts()) {
            List<Double> edges = new ArrayList<>();
            if (!layout.isCategorical()) {
                for (double edge : layout.bins().edges()) {
                    edges.add(edge);
                }
            }
            measures.add(measure(layout)
                    .setEdges(edges)
                    .setCategories(layout.categories())
                    .setMinimum(edges.isEmpty() ? null : edges.get(0))
                    .setMaximum(edges.isEmpty() ? null : edges.get(edges.size() - 1))
                    .build());
        }
        return Baseline.newBuilder()
                .setBaselineId(head.id())
                .setVersion(VERSION)
                .setState(state)
                .setSource(head.source())
                .setSourceText(head.sourceText())
                .setTenant(head.tenant().orElse(null))
                .setFromTime(head.from().orElse(null))
                .setToTime(head.to().orElse(null))
                .setCreatedTime(head.created())
                .setTrainedTime(head.trained().orElse(null))
                .setActor(head.actor())
                .setN(profile.n())
                .setMeasures(measures)
                .build();
    }

    private static BaselineMeasure.Builder measure(MeasureLayout layout) {
        return BaselineMeasure.newBuilder()
                .setKind(layout.kind())
                .setName(layout.name())
                .setCategorical(layout.isCategorical());
    }

    private static Baseline cell(Profile profile, Cell cell) {
        List<BaselineMeasure> measures = new ArrayList<>();
        for (int i = 0; i < cell.counts().length; i++) {
            List<Long> counts = new ArrayList<>();
            for (long count : cell.counts()[i]) {
                counts.add(count);
            }
            measures.add(measure(profile.layouts().get(i)).setCounts(counts).build());
        }
        return Baseline.newBuilder()
                .setBaselineId(profile.head().id())
                .setVersion(VERSION)
                .setSlice(cell.slice())
                .setN(cell.n())
                .setMeasures(measures)
                .build();
    }

    /** An empty profile from its description. */
    static Profile profile(Baseline description) {
        List<MeasureLayout> layouts = new ArrayList<>();
        for (BaselineMeasure measure : description.getMeasures()) {
            layouts.add(
                    measure.getCategorical()
                            ? MeasureLayout.ofCategories(measure.getKind(), measure.getName(), measure.getCategories())
                            : MeasureLayout.ofNumbers(
                                    measure.getKind(),
                                    measure.getName(),
                                    measure.getEdges().stream()
                                            .mapToDouble(Double::doubleValue)
                                            .toArray()));
        }
        ProfileHead head = new ProfileHead(
                description.getBaselineId(),
                description.getSource(),
                description.getSourceText(),
                Optional.ofNullable(description.getTenant()),
                Optional.ofNullable(description.getFromTime()),
                Optional.ofNullable(description.getToTime()),
                description.getCreatedTime(),
                Optional.ofNullable(description.getTrainedTime()),
                description.getActor());
        return new Profile(head, layouts);
    }

    /** A cell from its record. */
    static Cell cell(Baseline part) {
        long[][] counts = part.getMeasures().stream()
                .map(measure ->
                        measure.getCounts().stream().mapToLong(Long::longValue).toArray())
                .toArray(long[][]::new);
        return new Cell(part.getSlice(), part.getN(), counts);
    }
}
