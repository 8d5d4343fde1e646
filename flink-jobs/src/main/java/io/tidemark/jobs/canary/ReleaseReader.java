package io.tidemark.jobs.canary;

import io.tidemark.contracts.avro.Release;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.NotARecordException;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.UnknownSchemaException;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Enters records of the releases topic into the book. A record that cannot be used is logged and counted, not fatal. */
final class ReleaseReader {

    private static final Logger LOG = LoggerFactory.getLogger(ReleaseReader.class);

    private final AvroDeserializer<Release> deserializer;
    private final ReleaseBook book = new ReleaseBook();
    private long refused;

    ReleaseReader(SchemaRegistry registry) {
        deserializer = new AvroDeserializer<>(registry, Release.class);
    }

    ReleaseBook book() {
        return book;
    }

    long refused() {
        return refused;
    }

    /** Whether the record changed anything. */
    boolean read(ReleaseRecord release) {
        if (release.value() == null) {
            return false;
        }
        try {
            return book.add(deserializer.deserialize("", release.value()));
        } catch (NotARecordException | UnknownSchemaException | SerializationException | IllegalArgumentException e) {
            refused++;
            LOG.warn("release refused: {}", e.getMessage());
            return false;
        }
    }
}
