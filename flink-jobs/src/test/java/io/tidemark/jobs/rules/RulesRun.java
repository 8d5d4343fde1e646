package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Rule;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.rules.model.ShippedRules;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.runtime.ReleasedState;
import io.tidemark.jobs.source.ControlFeed;
import io.tidemark.jobs.windows.SliceLattice;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The two operators of the rules job in harnesses, one behind the other, with some published rules. */
final class RulesRun implements AutoCloseable {

    /** Rules that a test publishes while its run goes on; by the number of the run, since Flink copies operators. */
    private static final Map<Integer, List<Rule>> PUBLISHED = new TreeMap<>();

    private static final Map<Integer, List<Release>> RELEASED = new TreeMap<>();

    private static int runs;

    private final int number = ++runs;
    private final AvroSerializer<WindowRow> rows = new AvroSerializer<>(new AnySchemas(), TopicCatalogue.WINDOWS);
    private final AvroDeserializer<Signal> signals = new AvroDeserializer<>(new AnySchemas(), Signal.class);
    private KeyedOneInputStreamOperatorTestHarness<String, PaneRow, Finding> evaluation;
    private KeyedOneInputStreamOperatorTestHarness<String, Finding, OutputRecord> publication;
    private int signalsRead;

    RulesRun(Map<String, String> documents) throws Exception {
        PUBLISHED.put(number, new ArrayList<>());
        RELEASED.put(number, new ArrayList<>());
        documents.forEach((file, text) -> publish(file.replace(".yaml", ""), text, 0));
        evaluation = evaluation();
        evaluation.open();
        publication = publication();
        publication.open();
    }

    static RulesRun shipped() throws Exception {
        return new RulesRun(ShippedRules.texts());
    }

    /** Only some of the rules that come along. */
    static RulesRun shipped(String... ids) throws Exception {
        Map<String, String> chosen = new TreeMap<>();
        for (String id : ids) {
            chosen.put(id + ".yaml", ShippedRules.texts().get(id + ".yaml"));
        }
        return new RulesRun(chosen);
    }

    /**
     * Rules as they were when a release wrote its state: a rule whose text changes starts anew, so the rules of today would not
     * find theirs.
     *
     * @param release number of the release
     */
    static RulesRun ofRelease(int release) throws Exception {
        Map<String, String> texts = new TreeMap<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of("src/test/resources/state/rules-" + release), "*.yaml")) {
            for (Path file : files) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return new RulesRun(texts);
    }

    /** Publishes a version of a rule; null as its text retires it. */
    void publish(String id, String text, long effectiveMillis) {
        List<Rule> all = PUBLISHED.get(number);
        all.add(Rule.newBuilder()
                .setRuleId(id)
                .setVersion(all.size() + 1)
                .setHash(Integer.toHexString(String.valueOf(text).hashCode()))
                .setEffectiveTime(Instant.ofEpochMilli(effectiveMillis))
                .setRetired(text == null)
                .setDocument(text == null ? "" : text)
                .build());
    }

    /** Lets a rollout begin, or go on. */
    void release(Release release) {
        RELEASED.get(number).add(release);
    }

    private record Feed<T>(Map<Integer, List<T>> all, int run, int[] read) implements ControlFeed<T> {
        @Override
        public List<T> poll() {
            List<T> own = all.get(run);
            List<T> fresh = List.copyOf(own.subList(read[0], own.size()));
            read[0] = own.size();
            return fresh;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private RulesConfig config() {
        int run = number;
        return new RulesConfig(
                "",
                new Properties(),
                new Properties(),
                AnySchemas::new,
                () -> new Feed<>(PUBLISHED, run, new int[1]),
                () -> new Feed<>(RELEASED, run, new int[1]),
                SliceLattice.parse(SliceLattice.STANDARD),
                Duration.ofMinutes(5),
                Duration.ofHours(1));
    }

    private KeyedOneInputStreamOperatorTestHarness<String, PaneRow, Finding> evaluation() throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, PaneRow, Finding> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new EvaluationOperator(config()), PaneRow::group, Types.STRING, 128, 1, 0);
        harness.setup(Finding.TYPE.createSerializer(null));
        return harness;
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Finding, OutputRecord> publication() throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, Finding, OutputRecord> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new SignalOperator(config(), 0), Finding::rule, Types.STRING, 128, 1, 0);
        harness.setup(OutputRecord.TYPE.createSerializer(null));
        return harness;
    }

    void send(WindowRow row) throws Exception {
        long end = row.getWindowStart().toEpochMilli() + Panes.PANE_MILLIS;
        String group = row.getTenant() == null ? "" : row.getTenant();
        evaluation.processElement(PaneRow.of(group, 0, end, rows.serialize("", row)), end);
    }

    /** All rows of panes that end up to a time are there. */
    void timeIs(long millis) throws Exception {
        evaluation.processWatermark(millis);
        handOver();
    }

    /** The clock of the machine shows a time, and nobody said what time it is for the data. */
    void clockIs(long millis) throws Exception {
        evaluation.setProcessingTime(millis);
        handOver();
    }

    private void handOver() throws Exception {
        for (Object each = evaluation.getOutput().poll();
                each != null;
                each = evaluation.getOutput().poll()) {
            if (each instanceof Watermark mark) {
                publication.processWatermark(mark);
            } else if (each instanceof StreamRecord<?> record && record.getValue() instanceof Finding finding) {
                publication.processElement(finding, finding.tickMillis());
            }
        }
    }

    /** A checkpoint, the end of the process, and another that goes on from it; gives the bytes of the state. */
    long restart() throws Exception {
        OperatorSubtaskState first = evaluation.snapshot(1, 1);
        OperatorSubtaskState second = publication.snapshot(1, 1);
        goOnFrom(first, second);
        return first.getStateSize() + second.getStateSize();
    }

    /** The same with the state that a release wrote. */
    void goOnFromRelease(int release) throws Exception {
        goOnFrom(
                ReleasedState.of("rules-evaluation-" + release, evaluation.snapshot(1, 1)),
                ReleasedState.of("rules-signals-" + release, publication.snapshot(1, 1)));
    }

    private void goOnFrom(OperatorSubtaskState first, OperatorSubtaskState second) throws Exception {
        evaluation.close();
        publication.close();
        signalsRead = 0;
        evaluation = evaluation();
        evaluation.initializeState(first);
        evaluation.open();
        publication = publication();
        publication.initializeState(second);
        publication.open();
    }

    /** The signals since the last call. */
    List<Signal> signals() {
        List<Signal> read = new ArrayList<>();
        for (OutputRecord record : fresh()) {
            if (record.topic().equals(TopicCatalogue.SIGNALS.name())) {
                read.add(signals.deserialize("", record.value()));
            }
        }
        return read;
    }

    /**
     * A signal of either kind.
     *
     * @param slice name of its slice
     * @param breached whether the breach goes on
     */
    record Told(String slice, boolean breached) {}

    /** The signals of either kind since the last call. */
    List<Told> told() {
        List<Told> read = new ArrayList<>();
        for (OutputRecord record : fresh()) {
            String name = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            if (record.topic().equals(TopicCatalogue.AUTOSCALING.name())) {
                read.add(
                        new Told(name, new String(record.value(), StandardCharsets.UTF_8).contains("\"active\":true")));
            } else if (record.topic().equals(TopicCatalogue.SIGNALS.name())) {
                read.add(new Told(name, signals.deserialize("", record.value()).getBreached()));
            }
        }
        return read;
    }

    /** The autoscaling signals since the last call, as JSON. */
    List<String> autoscaling() {
        return fresh().stream()
                .filter(record -> record.topic().equals(TopicCatalogue.AUTOSCALING.name()))
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private List<OutputRecord> fresh() {
        List<OutputRecord> all = publication.extractOutputValues();
        List<OutputRecord> fresh = List.copyOf(all.subList(signalsRead, all.size()));
        signalsRead = all.size();
        return fresh;
    }

    @Override
    public void close() throws Exception {
        evaluation.close();
        publication.close();
        PUBLISHED.remove(number);
        RELEASED.remove(number);
    }
}
