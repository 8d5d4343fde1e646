package io.tidemark.gateway.server;

import io.tidemark.gateway.otlp.Refusal;
import java.util.List;

/**
 * What became of a request that Kafka has acknowledged.
 *
 * @param items spans, log records, data points or inferences in it
 * @param refused those that were refused
 */
record Taken(int items, List<Refusal> refused) {

    /** One sentence for people; empty when nothing was refused. */
    String message() {
        if (refused.isEmpty()) {
            return "";
        }
        String more = refused.size() == 1 ? "" : ", and %d more".formatted(refused.size() - 1);
        return refused.get(0).message() + more;
    }
}
