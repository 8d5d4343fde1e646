package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.registry.AvroDeserializer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The breaches of one rule over all slices. At each tick a breach that is new is told, one that goes on is told again every
 * minute, and one that is over is told once. A breach that a larger or finer slice explains is told once, with the name of
 * that slice; when very many are explained by one, only the largest of them are told at all.
 */
final class RuleEpisodes {

    private static final long TICK_MILLIS = 10_000;
    private static final long REPEAT_MILLIS = 60_000;

    /** How long a breach is held back while a finer slice that would explain it gathers its evidence. */
    private static final long HOLD_MILLIS = 60_000;

    private static final int MOST_TOLD_CHILDREN = 50;

    private final TreeMap<Long, List<Finding>> waiting = new TreeMap<>();
    private final TreeMap<String, Episode> episodes = new TreeMap<>();
    private long lastTickMillis = Episode.NEVER;
    private boolean changed;

    /** Takes signals. */
    @FunctionalInterface
    interface Consumer {
        void tell(Signal signal, boolean autoscaling);
    }

    /** A breach at the present tick. */
    private record Breach(String name, Finding finding, Signal signal, Explanation.Node node) {}

    void add(Finding finding) {
        waiting.computeIfAbsent(finding.tickMillis(), unused -> new ArrayList<>())
                .add(finding);
        changed = true;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && episodes.isEmpty();
    }

    /** Number of breaches that go on. */
    int size() {
        return episodes.size();
    }

    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /**
     * Decides all ticks up to one.
     *
     * @param tickMillis last tick of which every finding is known; the largest long at the end of a replay
     */
    void advance(long tickMillis, AvroDeserializer<Signal> reader, Consumer consumer) {
        for (long next = next(tickMillis); next <= tickMillis && next != Long.MAX_VALUE; next = next(tickMillis)) {
            List<Finding> findings = waiting.remove(next);
            judge(next, findings == null ? List.of() : findings, reader, consumer);
            lastTickMillis = next;
            changed = true;
        }
    }

    /** A tick without findings ends breaches; but the end of a replay does not. */
    private long next(long tickMillis) {
        long nextFindings = waiting.isEmpty() ? Long.MAX_VALUE : waiting.firstKey();
        boolean isEnd = tickMillis == Long.MAX_VALUE && waiting.isEmpty();
        return episodes.isEmpty() || isEnd ? nextFindings : Math.min(nextFindings, lastTickMillis + TICK_MILLIS);
    }

    private void judge(long tickMillis, List<Finding> findings, AvroDeserializer<Signal> reader, Consumer consumer) {
        Explanation explanation = new Explanation();
        Map<String, Breach> breaches = new TreeMap<>();
        for (Breach each : read(findings, reader, explanation)) {
            if (each.finding.breached()) {
                breaches.put(each.name, each);
            }
        }
        explanation.solve();
        Map<String, Breach> kept = top(breaches);
        Map<String, List<Breach>> explained = new HashMap<>();
        Map<String, Breach> present = new TreeMap<>();
        for (Breach breach : kept.values()) {
            String root = breach.finding.autoscaling()
                    ? breach.name
                    : explanation.root(breach.node).name();
            if (root.equals(breach.name) || !kept.containsKey(root)) {
                present.put(breach.name, breach);
            } else {
                explained.computeIfAbsent(root, unused -> new ArrayList<>()).add(breach);
            }
        }
        for (Breach root : List.copyOf(present.values())) {
            List<Breach> children = explained.getOrDefault(root.name, List.of());
            if (tellRoot(tickMillis, root, children.size(), consumer)) {
                tellChildren(tickMillis, root, children, present, consumer);
            }
        }
        end(tickMillis, present, reader, consumer);
    }

    private List<Breach> read(List<Finding> findings, AvroDeserializer<Signal> reader, Explanation explanation) {
        List<Breach> read = new ArrayList<>(findings.size());
        Map<String, Finding> byName = new TreeMap<>();
        Map<String, Signal> signals = new HashMap<>();
        for (Finding finding : findings) {
            Signal signal = reader.deserialize("", finding.signal());
            String name = SliceName.text(signal.getSlice());
            byName.put(name, finding);
            signals.put(name, signal);
        }
        byName.forEach((name, finding) -> {
            SliceRef slice = signals.get(name).getSlice();
            Episode known = episodes.get(name);
            boolean isSettled = known != null && known.isTold() && known.parent.isEmpty();
            Explanation.Node node =
                    explanation.add(name, slice.getRole().name(), SliceName.values(slice), finding, isSettled);
            read.add(new Breach(name, finding, signals.get(name), node));
        });
        return read;
    }

    private static Map<String, Breach> top(Map<String, Breach> breaches) {
        int top = breaches.values().stream()
                .mapToInt(breach -> breach.finding.top())
                .findAny()
                .orElse(0);
        if (top == 0) {
            return breaches;
        }
        Map<String, Breach> kept = new TreeMap<>();
        breaches.values().stream()
                .sorted(Comparator.comparingDouble((Breach breach) -> -breach.finding.rank()))
                .limit(top)
                .forEach(breach -> kept.put(breach.name, breach));
        return kept;
    }

    /** Tells a breach that explains itself; false while it is held back. */
    private boolean tellRoot(long tickMillis, Breach root, int children, Consumer consumer) {
        Episode episode = episode(root, tickMillis);
        boolean isHeld = !episode.isTold()
                && !root.finding.autoscaling()
                && root.node.suspect() != null
                && tickMillis - episode.firstMillis < HOLD_MILLIS;
        if (isHeld) {
            return false;
        }
        boolean isDue = !episode.isTold() || tickMillis - episode.toldMillis >= REPEAT_MILLIS;
        if (isDue || !episode.parent.isEmpty()) {
            if (children > 0) {
                root.signal.setSummary(
                        "%s It explains %,d other slices.".formatted(root.signal.getSummary(), children));
            }
            tell(tickMillis, root, episode, null, consumer);
        }
        return true;
    }

    private void tellChildren(
            long tickMillis, Breach root, List<Breach> children, Map<String, Breach> present, Consumer consumer) {
        List<Breach> largest = children.stream()
                .sorted(Comparator.comparing((Breach child) -> !episodes.containsKey(child.name))
                        .thenComparing(child -> -child.finding.bad())
                        .thenComparing(Breach::name))
                .limit(MOST_TOLD_CHILDREN)
                .toList();
        for (Breach child : largest) {
            present.put(child.name, child);
            Episode episode = episode(child, tickMillis);
            if (!episode.isTold() || !episode.parent.equals(root.name)) {
                tell(tickMillis, child, episode, root, consumer);
            }
        }
    }

    private Episode episode(Breach breach, long tickMillis) {
        Episode episode = episodes.computeIfAbsent(
                breach.name, unused -> new Episode(breach.signal.getOnsetTime().toEpochMilli(), tickMillis));
        episode.signal = breach.finding.signal();
        episode.autoscaling = breach.finding.autoscaling();
        return episode;
    }

    private static void tell(long tickMillis, Breach breach, Episode episode, Breach parent, Consumer consumer) {
        breach.signal.setOnsetTime(Instant.ofEpochMilli(episode.onsetMillis));
        breach.signal.setParent(parent == null ? null : parent.signal.getSlice());
        episode.parent = parent == null ? "" : parent.name;
        episode.toldMillis = tickMillis;
        consumer.tell(breach.signal, breach.finding.autoscaling());
    }

    private void end(long tickMillis, Map<String, Breach> present, AvroDeserializer<Signal> reader, Consumer consumer) {
        List<String> over = episodes.keySet().stream()
                .filter(name -> !present.containsKey(name))
                .toList();
        for (String name : over) {
            Episode episode = episodes.remove(name);
            if (episode.isTold()) {
                Signal signal = reader.deserialize("", episode.signal);
                signal.setBreached(false);
                signal.setNoData(false);
                signal.setOnsetTime(Instant.ofEpochMilli(episode.onsetMillis));
                signal.setEventTime(Instant.ofEpochMilli(tickMillis));
                consumer.tell(signal, episode.autoscaling);
            }
        }
    }

    byte[] toBytes() {
        return StoredEpisodes.toBytes(lastTickMillis, episodes, waiting.values());
    }

    static RuleEpisodes fromBytes(byte[] bytes) {
        RuleEpisodes rule = new RuleEpisodes();
        rule.lastTickMillis = StoredEpisodes.read(bytes, rule.episodes, rule::add);
        rule.changed = false;
        return rule;
    }
}
