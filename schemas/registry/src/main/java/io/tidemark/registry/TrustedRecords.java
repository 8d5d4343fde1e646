package io.tidemark.registry;

import io.tidemark.contracts.avro.Trace;
import org.apache.avro.util.ClassSecurityValidator;

/** Tells Avro that the generated classes of the contracts may be read; since 1.12.2 it refuses every class otherwise. */
public final class TrustedRecords {

    private static final String PACKAGE = Trace.class.getPackageName() + ".";

    private static boolean registered;

    private TrustedRecords() {}

    /** Must be called before a record of the contracts is read or written with Avro's own classes; further calls do nothing. */
    public static synchronized void register() {
        if (!registered) {
            ClassSecurityValidator.setGlobal(
                    ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), TrustedRecords::isContract));
            registered = true;
        }
    }

    private static boolean isContract(Class<?> type) {
        return type.getName().startsWith(PACKAGE);
    }
}
