package io.tidemark.registry;

import org.apache.avro.Schema;

/** What Tidemark needs of a schema registry. Implementations cache; they are safe for use by several threads. */
public interface SchemaRegistry {

    /**
     * Id of a schema under a subject; registers it when it is new.
     *
     * @throws IncompatibleSchemaException when the subject's rules refuse it
     * @throws RegistryUnavailableException when the registry does not answer; worth a retry
     */
    int register(String subject, Schema schema);

    /**
     * The schema with that id.
     *
     * @throws UnknownSchemaException when the registry has no such schema; no retry helps
     * @throws RegistryUnavailableException when the registry does not answer; worth a retry
     */
    Schema schemaById(int id);
}
