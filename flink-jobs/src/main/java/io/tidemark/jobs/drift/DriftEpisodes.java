package io.tidemark.jobs.drift;

import io.tidemark.contracts.alert.AlertIds;
import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The drift that lasts, by rule and slice: when it began, that it goes on, that it is over. Between the ends of long windows
 * it is said again, because an alert that nobody speaks of expires.
 */
final class DriftEpisodes {

    private static final long REPEAT_MILLIS = 300_000;

    private final Map<String, Signal> open = new TreeMap<>();
    private final BiConsumer<String, Signal> target;

    /** @param target takes the key and the signal */
    DriftEpisodes(BiConsumer<String, Signal> target) {
        this.target = target;
    }

    /** What a decision does to the episode of its rule and slice. */
    void add(DriftDecision decision) {
        DriftTest test = decision.test();
        String key = DriftRecords.ruleId(test) + "|" + SliceKey.of(test.slice());
        Signal before = open.get(key);
        if (decision.signal()) {
            Signal signal = DriftRecords.signal(decision);
            if (before != null) {
                signal.setOnsetTime(before.getOnsetTime());
            }
            open.put(key, signal);
            send(key, signal);
        } else if (before != null && test.own().isKnown()) {
            Signal over = Signal.newBuilder(before)
                    .setBreached(false)
                    .setEventTime(Instant.ofEpochMilli(test.tickMillis()))
                    .build();
            open.remove(key);
            send(key, over);
        }
    }

    /** Says again what lasts; an episode whose slice was not tested for two windows is left to expire. */
    void advance(long timeMillis) {
        long repeat = timeMillis - Math.floorMod(timeMillis, REPEAT_MILLIS);
        Iterator<Map.Entry<String, Signal>> episodes = open.entrySet().iterator();
        while (episodes.hasNext()) {
            Map.Entry<String, Signal> episode = episodes.next();
            Signal last = episode.getValue();
            if (repeat - last.getEventTime().toEpochMilli() < REPEAT_MILLIS) {
                continue;
            }
            if (repeat > lastTestMillis(last) + 2 * windowMillis(last)) {
                episodes.remove();
                continue;
            }
            Signal again = Signal.newBuilder(last)
                    .setEventTime(Instant.ofEpochMilli(repeat))
                    .build();
            episode.setValue(again);
            send(episode.getKey(), again);
        }
    }

    private static long lastTestMillis(Signal signal) {
        return signal.getEvidence().get(0).getWindows().get(0).toEpochMilli() + windowMillis(signal);
    }

    /** The window's length is in the rule, {@code drift/kind/measure/300s}. */
    private static long windowMillis(Signal signal) {
        String[] parts = signal.getRuleId().split("/", -1);
        String seconds = parts[parts[parts.length - 1].equals("previous") ? parts.length - 2 : parts.length - 1];
        return Long.parseLong(seconds.substring(0, seconds.length() - 1)) * 1_000;
    }

    private void send(String key, Signal signal) {
        signal.setSignalId(AlertIds.hash(key + "|" + signal.getEventTime().toEpochMilli()));
        target.accept(key, signal);
    }

    int size() {
        return open.size();
    }

    /** One record for each episode that lasts: the bytes of its last signal. */
    List<byte[]> toRecords() {
        List<byte[]> records = new ArrayList<>();
        for (Signal signal : open.values()) {
            try {
                ByteBuffer bytes = Signal.getEncoder().encode(signal);
                byte[] record = new byte[bytes.remaining()];
                bytes.get(record);
                records.add(record);
            } catch (IOException e) {
                throw new UncheckedIOException("a signal cannot be written: " + signal.getRuleId(), e);
            }
        }
        return records;
    }

    /** Takes up what {@link #toRecords} wrote. */
    void restore(byte[] record) throws IOException {
        Signal signal = Signal.getDecoder().decode(record);
        open.put(signal.getRuleId() + "|" + SliceKey.of(signal.getSlice()), signal);
    }
}
