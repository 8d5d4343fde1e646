package io.tidemark.jobs.embedding.golden;

import io.tidemark.jobs.embedding.ScoredText;
import io.tidemark.jobs.runtime.BytesSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Chooses from the prompts of a tenant and intent those for the golden set, when their week ends. Bounded: of a week it keeps the
 * texts of the smallest hashes, a fair sample of the distinct texts that is the same in whatever order they come; of earlier
 * weeks it remembers the last choices.
 */
final class GoldenSelector extends KeyedProcessFunction<String, ScoredText, GoldenChoice> {

    /** Distinct texts of a week that are chosen from. */
    static final int CANDIDATES = 200;

    /** Choices that are remembered, so that they are not chosen again. */
    static final int REMEMBERED = 200;

    private static final long serialVersionUID = 1L;
    private static final long WEEK = Duration.ofDays(7).toMillis();

    /** Weeks that are open at once: texts of the next one come before the watermark closes the last. */
    private static final int OPEN_WEEKS = 2;

    private final int most;
    private final long originMillis;
    private transient List<Week> weeks;
    private transient ListState<byte[]> chosen;

    /**
     * The texts of a week.
     *
     * @param candidates texts by their hash
     * @param bound largest hash among them when there are as many as are kept
     */
    private record Week(MapState<Long, byte[]> candidates, ValueState<Long> bound) {

        private void evict() throws Exception {
            TreeSet<Long> hashes = new TreeSet<>();
            candidates.keys().forEach(hashes::add);
            if (hashes.size() > CANDIDATES) {
                candidates.remove(hashes.pollLast());
            }
            if (hashes.size() == CANDIDATES) {
                bound.update(hashes.last());
            }
        }

        private void clear() {
            candidates.clear();
            bound.clear();
        }
    }

    /**
     * @param most choices of a week
     * @param originMillis a time at which weeks begin, milliseconds since the epoch
     */
    GoldenSelector(int most, long originMillis) {
        this.most = most;
        this.originMillis = originMillis;
    }

    @Override
    public void open(OpenContext context) {
        weeks = new ArrayList<>();
        for (int i = 0; i < OPEN_WEEKS; i++) {
            weeks.add(new Week(
                    getRuntimeContext()
                            .getMapState(new MapStateDescriptor<>(
                                    "candidates-%d-v1".formatted(i),
                                    LongSerializer.INSTANCE,
                                    BytesSerializer.INSTANCE)),
                    getRuntimeContext()
                            .getState(
                                    new ValueStateDescriptor<>("bound-%d-v1".formatted(i), LongSerializer.INSTANCE))));
        }
        chosen = getRuntimeContext().getListState(new ListStateDescriptor<>("chosen-v1", BytesSerializer.INSTANCE));
    }

    static String key(ScoredText text) {
        return text.origin().tenant() + '\n' + text.origin().intent();
    }

    @Override
    public void processElement(ScoredText text, Context context, Collector<GoldenChoice> output) throws Exception {
        // one that comes late competes in the week that is open
        long millis =
                Math.max(text.origin().eventMillis(), context.timerService().currentWatermark() + 1);
        long week = Math.floorDiv(millis - originMillis, WEEK);
        if (text.isScored()) {
            keep(GoldenText.of(text), weeks.get(Math.floorMod(week, OPEN_WEEKS)));
            context.timerService().registerEventTimeTimer(originMillis + (week + 1) * WEEK - 1);
        }
    }

    private static void keep(GoldenText text, Week week) throws Exception {
        Long bound = week.bound.value();
        if (bound != null && text.textHash() > bound) {
            return;
        }
        byte[] known = week.candidates.get(text.textHash());
        // of copies the one with the smallest trace id, whichever came first
        if (known == null
                || text.traceId().compareTo(GoldenText.fromBytes(known).traceId()) < 0) {
            week.candidates.put(text.textHash(), text.toBytes());
        }
        if (known == null) {
            week.evict();
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<GoldenChoice> output) throws Exception {
        long week = Math.floorDiv(timestamp - originMillis, WEEK);
        Week state = weeks.get(Math.floorMod(week, OPEN_WEEKS));
        List<GoldenText> candidates = ofOneBackend(state.candidates.values());
        List<GoldenText> earlier = texts(chosen.get());
        List<FarthestFirst.Choice> choices = FarthestFirst.choose(candidates, earlier, most);
        String[] slice = context.getCurrentKey().split("\n", -1);
        for (int i = 0; i < choices.size(); i++) {
            GoldenText text = choices.get(i).text();
            output.collect(new GoldenChoice(
                    slice[0],
                    slice[1],
                    text.traceId(),
                    text.textHash(),
                    text.eventMillis(),
                    timestamp + 1,
                    i + 1,
                    choices.get(i).novelty(),
                    candidates.size()));
            earlier.add(text);
        }
        remember(earlier);
        state.clear();
    }

    private void remember(List<GoldenText> texts) throws Exception {
        chosen.update(texts.subList(Math.max(0, texts.size() - REMEMBERED), texts.size()).stream()
                .map(GoldenText::toBytes)
                .toList());
    }

    /** Those of the backend that made most of them: vectors of two are not compared. */
    private static List<GoldenText> ofOneBackend(Iterable<byte[]> records) {
        Map<String, List<GoldenText>> byBackend = texts(records).stream()
                .collect(Collectors.groupingBy(GoldenText::backendId, TreeMap::new, Collectors.toList()));
        return byBackend.values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
    }

    private static List<GoldenText> texts(Iterable<byte[]> records) {
        List<GoldenText> texts = new ArrayList<>();
        records.forEach(record -> texts.add(GoldenText.fromBytes(record)));
        return texts;
    }
}
