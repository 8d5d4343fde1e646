package io.tidemark.jobs.source;

import io.tidemark.registry.SchemaRegistry;
import java.io.Serializable;

/** Connects to the schema registry in the process that needs it. */
@FunctionalInterface
public interface RegistryFactory extends Serializable {

    /** A new client. */
    SchemaRegistry connect();
}
