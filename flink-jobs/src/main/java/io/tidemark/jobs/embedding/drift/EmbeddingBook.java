package io.tidemark.jobs.embedding.drift;

import io.tidemark.jobs.drift.DriftTest;
import io.tidemark.jobs.drift.DriftWindows;
import io.tidemark.jobs.drift.profile.Profile.ProfileHead;
import io.tidemark.jobs.embedding.ScoredText;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.windows.SliceLattice;
import io.tidemark.statistics.distance.kernel.RandomFourierFeatures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that is known of texts: what baselines learned, and the windows that are open. A baseline learns from the
 * texts of its own time range as they pass; windows that begin later are compared with it.
 */
final class EmbeddingBook {

    /**
     * Bandwidth of the kernel: the median distance of unrelated texts under all-MiniLM-L6-v2. It belongs to the feature map
     * and not to a baseline, so that sums of all slices, windows and baselines can be merged and compared.
     */
    static final double BANDWIDTH = 1.35;

    private static final int VERSION = 2;
    private static final int FREQUENCIES = 384;
    private static final long SEED = 1;

    /** Texts of a cell and window that are kept with their vectors, as exemplars. */
    private static final int EXEMPLARS_KEPT = 128;

    private final RandomFourierFeatures features;
    private final DriftWindows windows;
    private final SliceLattice lattice;
    private final Map<String, TextBaseline> baselines = new TreeMap<>();
    private final Map<String, Long> learnedUntil = new HashMap<>();
    private final TreeMap<WindowKey, TextWindow> open = new TreeMap<>(Comparator.comparingLong(WindowKey::endMillis)
            .thenComparing(WindowKey::seconds)
            .thenComparing(WindowKey::baselineId));
    private final List<Early> early = new ArrayList<>();
    private String backendId = "";
    private long lastEventMillis = Long.MIN_VALUE;
    private long scored;
    private long unscored;
    private long ofAnotherBackend;

    private record WindowKey(long startMillis, int seconds, String baselineId) {
        private long endMillis() {
            return startMillis + seconds * 1_000L;
        }
    }

    private record Early(ScoredText text, ProfileHead baseline) {}

    EmbeddingBook(int dimensions, DriftWindows windows, SliceLattice lattice) {
        features = RandomFourierFeatures.drawOrthogonal(dimensions, FREQUENCIES, BANDWIDTH, SEED);
        this.windows = windows;
        this.lattice = lattice;
    }

    /** Takes up a text; its tenant's baseline is in force. */
    void add(ScoredText text, ProfileHead baseline) {
        if (baseline.from().isEmpty() || baseline.to().isEmpty()) {
            return;
        }
        if (backendId.isEmpty()) {
            backendId = text.backendId();
        }
        if (!text.backendId().equals(backendId)) {
            ofAnotherBackend++;
            return;
        }
        long millis = text.origin().eventMillis();
        lastEventMillis = Math.max(lastEventMillis, millis);
        long to = baseline.to().get().toEpochMilli();
        TextBaseline learned =
                baselines.computeIfAbsent(baseline.id(), unused -> new TextBaseline(baseline.id(), features));
        learnedUntil.putIfAbsent(baseline.id(), to);
        if (millis >= baseline.from().get().toEpochMilli() && millis < to) {
            if (!learned.isFrozen()) {
                put(text, learned.texts(), null);
            }
        } else if (millis >= to && !learned.isFrozen()) {
            early.add(new Early(text, baseline));
        } else {
            addToWindows(text, baseline, learned);
        }
    }

    private void addToWindows(ScoredText text, ProfileHead baseline, TextBaseline learned) {
        for (int seconds : windows.seconds()) {
            long start = windows.startOf(seconds, text.origin().eventMillis());
            if (baseline.allows(start)) {
                TextWindow window = open.computeIfAbsent(
                        new WindowKey(start, seconds, baseline.id()),
                        unused -> new TextWindow(2 * features.features(), EXEMPLARS_KEPT));
                put(text, window, learned);
            }
        }
    }

    private void put(ScoredText text, TextWindow window, TextBaseline learned) {
        TextCell cell = window.cell(SliceBytes.of(text.origin()));
        if (!text.isScored()) {
            unscored++;
            cell.addUnscored(text);
            return;
        }
        scored++;
        cell.add(text, features.map(toDoubles(text.vector())));
        if (learned != null) {
            learned.place(text.origin().tenant(), text.vector()).ifPresent(cell::addPlace);
        }
    }

    private static double[] toDoubles(float[] vector) {
        double[] numbers = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            numbers[i] = vector[i];
        }
        return numbers;
    }

    /**
     * The tests of all windows that end by a watermark. At the end of time only windows that the texts have filled are whole; the
     * others are left out.
     */
    List<DriftTest> close(long watermarkMillis) {
        long until = (watermarkMillis == Long.MAX_VALUE ? lastEventMillis : watermarkMillis) + 1;
        freezeBaselines(until);
        List<DriftTest> tests = new ArrayList<>();
        while (!open.isEmpty() && open.firstKey().endMillis() <= until) {
            Map.Entry<WindowKey, TextWindow> window = open.pollFirstEntry();
            WindowKey key = window.getKey();
            tests.addAll(new EmbeddingTests(
                            features,
                            lattice,
                            baselines.get(key.baselineId()),
                            new EmbeddingTests.Window(key.startMillis(), key.seconds(), backendId),
                            window.getValue())
                    .all());
        }
        return tests;
    }

    private void freezeBaselines(long untilMillis) {
        boolean anew = false;
        for (TextBaseline baseline : baselines.values()) {
            if (!baseline.isFrozen() && learnedUntil.get(baseline.id()) <= untilMillis) {
                baseline.freeze();
                anew = true;
            }
        }
        if (anew) {
            List<Early> waiting = List.copyOf(early);
            early.clear();
            waiting.forEach(each -> add(each.text(), each.baseline()));
        }
    }

    long scored() {
        return scored;
    }

    long unscored() {
        return unscored;
    }

    /** Texts whose vectors another backend made than those of the baselines: refused, because they cannot be compared. */
    long ofAnotherBackend() {
        return ofAnotherBackend;
    }

    int openWindows() {
        return open.size();
    }

    /** The book as one record, for a checkpoint. */
    byte[] toBytes() {
        ByteWriter writer = new ByteWriter();
        writer.writeByte(VERSION);
        writer.writeSigned(lastEventMillis);
        Reservoir.writeText(backendId, writer);
        writer.writeUnsigned(scored);
        writer.writeUnsigned(unscored);
        writer.writeUnsigned(ofAnotherBackend);
        writer.writeUnsigned(baselines.size());
        for (TextBaseline baseline : baselines.values()) {
            writer.writeSigned(learnedUntil.get(baseline.id()));
            baseline.write(writer);
        }
        writer.writeUnsigned(open.size());
        open.forEach((key, window) -> {
            writer.writeSigned(key.startMillis());
            writer.writeUnsigned(key.seconds());
            Reservoir.writeText(key.baselineId(), writer);
            window.write(writer);
        });
        EarlyBytes.write(
                early.stream().map(Early::text).toList(),
                early.stream().map(Early::baseline).toList(),
                writer);
        return writer.toByteArray();
    }

    /**
     * Goes on from a record.
     *
     * @throws IllegalStateException when another release wrote it
     */
    void restore(byte[] record) {
        ByteReader reader = new ByteReader().over(record, 0, record.length);
        int version = reader.readByte();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "state of embedding windows has version %d, this release reads %d; start the drift job without its checkpoint, baselines are learned anew"
                            .formatted(version, VERSION));
        }
        lastEventMillis = reader.readSigned();
        backendId = Reservoir.readText(reader);
        scored = reader.readUnsigned();
        unscored = reader.readUnsigned();
        ofAnotherBackend = reader.readUnsigned();
        long known = reader.readUnsigned();
        for (long i = 0; i < known; i++) {
            long until = reader.readSigned();
            TextBaseline baseline = TextBaseline.read(reader, features);
            baselines.put(baseline.id(), baseline);
            learnedUntil.put(baseline.id(), until);
        }
        long openWindows = reader.readUnsigned();
        for (long i = 0; i < openWindows; i++) {
            WindowKey key = new WindowKey(reader.readSigned(), (int) reader.readUnsigned(), Reservoir.readText(reader));
            open.put(key, TextWindow.read(reader, 2 * features.features(), EXEMPLARS_KEPT));
        }
        EarlyBytes.read(reader, (text, baseline) -> early.add(new Early(text, baseline)));
    }
}
