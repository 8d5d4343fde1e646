package io.tidemark.alerts.topology;

import io.tidemark.alerts.LifecycleConfig;
import io.tidemark.alerts.lifecycle.AlertLifecycle;
import io.tidemark.alerts.lifecycle.AlertStates;
import io.tidemark.alerts.lifecycle.Silences;
import io.tidemark.alerts.lifecycle.Transition;
import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.Signal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the alerts of the partitions of one task: one for each rule and slice, open or lately closed. */
final class LifecycleProcessor implements Processor<Object, Object, Object, Object> {

    private final LifecycleConfig config;
    private final AlertLifecycle lifecycle;
    private final SilenceCache silenceCache;
    private final LifecycleMetrics metrics;
    private final Clock clock;
    private final Storms storms;
    private ProcessorContext<Object, Object> context;
    private KeyValueStore<String, Alert> alerts;
    private SilenceCache.View silences;

    LifecycleProcessor(LifecycleConfig config, SilenceCache silenceCache, LifecycleMetrics metrics, Clock clock) {
        this.config = config;
        this.lifecycle = new AlertLifecycle(config.rules());
        this.silenceCache = silenceCache;
        this.metrics = metrics;
        this.clock = clock;
        this.storms = new Storms(config.rules().mostOpenPerRule());
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        this.alerts = context.getStateStore(LifecycleTopology.ALERTS_STORE);
        this.silences = silenceCache.new View(context.getStateStore(LifecycleTopology.SILENCES_STORE));
        all().forEach(entry -> count(Optional.empty(), Optional.of(entry.value)));
        if (config.isLive()) {
            context.schedule(config.tick(), PunctuationType.WALL_CLOCK_TIME, now -> timePasses());
        }
    }

    @Override
    public void process(Record<Object, Object> record) {
        Incoming incoming = (Incoming) record.value();
        if (incoming.isEnd()) {
            end(incoming.source());
        } else {
            metrics.signal(incoming.source());
            accept(incoming.signal());
        }
    }

    private void accept(Signal signal) {
        String key = key(signal);
        Optional<Alert> current = Optional.ofNullable(alerts.get(key));
        boolean isNew =
                signal.getBreached() && current.filter(AlertStates::isOpen).isEmpty();
        if (isNew && signal.getParent() != null) {
            metrics.explained();
        } else if (isNew && storms.isFull(signal)) {
            metrics.folded();
            Signal many = storms.fold(signal);
            apply(key(many), many);
            return;
        }
        apply(key, signal);
    }

    /** Time comes first: what was due before the signal has happened before it, however late the clock ticks. */
    private void apply(String key, Signal signal) {
        Silences known = silences.current();
        Optional<Alert> current = Optional.ofNullable(alerts.get(key));
        if (current.isPresent() && signal.getEventTime().isAfter(current.get().getLastSignalTime())) {
            Transition due = lifecycle.atTime(current.get(), signal.getEventTime(), known);
            take(key, current, due);
            current = due.alert();
        }
        take(key, current, lifecycle.onSignal(current, signal, known));
    }

    private void timePasses() {
        Instant now = clock.instant().minus(config.grace());
        Silences known = silences.current();
        for (KeyValue<String, Alert> entry : all()) {
            take(entry.key, Optional.of(entry.value), lifecycle.atTime(entry.value, now, known));
        }
    }

    /** The end of one partition in a replay: its alerts are closed as far as they are over, and the replay is told. */
    private void end(String source) {
        for (KeyValue<String, Alert> entry : all()) {
            if (LifecycleTopology.isFrom(source, entry.value)) {
                take(entry.key, Optional.of(entry.value), lifecycle.atEnd(entry.value));
            }
        }
        String progress = "{\"stage\":\"alerts\",\"source\":\"%s\",\"partition\":%d}"
                .formatted(source, context.taskId().partition());
        context.forward(new Record<>("alerts", progress, context.currentStreamTimeMs()), LifecycleTopology.PROGRESS);
    }

    private void take(String key, Optional<Alert> before, Transition transition) {
        Optional<Alert> after = transition.alert();
        if (after.isEmpty()) {
            before.ifPresent(forgotten -> forget(key, forgotten));
            return;
        }
        if (before.isEmpty() || !before.get().equals(after.get())) {
            alerts.put(key, after.get());
        }
        count(before, after);
        if (transition.isEvent()) {
            Alert alert = after.get();
            metrics.event(alert);
            send(alert.getAlertId(), alert, alert.getEventTime(), LifecycleTopology.EVENTS);
            send(alert.getAlertId(), alert, alert.getEventTime(), LifecycleTopology.STATES);
        }
    }

    private void forget(String key, Alert alert) {
        alerts.delete(key);
        send(alert.getAlertId(), null, alert.getEventTime(), LifecycleTopology.STATES);
    }

    private void count(Optional<Alert> before, Optional<Alert> after) {
        boolean wasOpen = before.filter(AlertStates::isOpen).isPresent();
        boolean isOpen = after.filter(AlertStates::isOpen).isPresent();
        if (wasOpen != isOpen) {
            String rule = after.or(() -> before).orElseThrow().getRuleId();
            if (isOpen) {
                storms.opened(rule);
            } else {
                storms.closed(rule);
            }
        }
    }

    private void send(String alertId, Alert alert, Instant time, String child) {
        context.forward(new Record<Object, Object>(alertId, alert, Math.max(0, time.toEpochMilli())), child);
    }

    private List<KeyValue<String, Alert>> all() {
        List<KeyValue<String, Alert>> entries = new ArrayList<>();
        try (KeyValueIterator<String, Alert> iterator = alerts.all()) {
            iterator.forEachRemaining(entries::add);
        }
        return entries;
    }

    private static String key(Signal signal) {
        return signal.getRuleId() + "|" + SliceKey.of(signal.getSlice());
    }
}
