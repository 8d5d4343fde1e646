package io.tidemark.alerts.topology;

import io.tidemark.alerts.lifecycle.Silences;
import io.tidemark.contracts.avro.Silence;
import io.tidemark.registry.NotARecordException;
import io.tidemark.registry.UnknownSchemaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The silences of the global store, decoded again only when one has changed. The store holds the bytes as they came. */
final class SilenceCache {

    private static final Logger LOGGER = LoggerFactory.getLogger(SilenceCache.class);

    private final Function<byte[], Silence> decoder;
    private final AtomicLong changes = new AtomicLong();

    SilenceCache(Function<byte[], Silence> decoder) {
        this.decoder = decoder;
    }

    /** Keeps the global store up to date. */
    Processor<String, byte[], Void, Void> writer() {
        return new Processor<>() {
            private KeyValueStore<String, byte[]> store;

            @Override
            public void init(ProcessorContext<Void, Void> context) {
                store = context.getStateStore(LifecycleTopology.SILENCES_STORE);
            }

            @Override
            public void process(Record<String, byte[]> silence) {
                if (silence.key() != null) {
                    store.put(silence.key(), silence.value());
                    changes.incrementAndGet();
                }
            }
        };
    }

    /** A view of one thread on the store. */
    final class View {

        private final ReadOnlyKeyValueStore<String, byte[]> store;
        private long seen = -1;
        private Silences silences = Silences.none();

        View(ReadOnlyKeyValueStore<String, byte[]> store) {
            this.store = store;
        }

        Silences current() {
            long version = changes.get();
            if (version != seen) {
                silences = new Silences(decodeAll());
                seen = version;
            }
            return silences;
        }

        private List<Silence> decodeAll() {
            List<Silence> all = new ArrayList<>();
            try (KeyValueIterator<String, byte[]> entries = store.all()) {
                while (entries.hasNext()) {
                    decode(entries.next()).ifPresent(all::add);
                }
            }
            return all;
        }
    }

    /** What cannot be read silences nothing: an alert too many is the safe side. */
    private Optional<Silence> decode(KeyValue<String, byte[]> entry) {
        try {
            return Optional.ofNullable(decoder.apply(entry.value));
        } catch (NotARecordException | UnknownSchemaException | SerializationException e) {
            LOGGER.warn("silence '{}' is ignored: {}", entry.key, e.getMessage());
            return Optional.empty();
        }
    }
}
