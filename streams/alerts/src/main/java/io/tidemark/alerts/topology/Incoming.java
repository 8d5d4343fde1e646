package io.tidemark.alerts.topology;

import io.tidemark.contracts.avro.Signal;

/**
 * What a reader hands to the lifecycle: a signal, or the end of a partition in a replay.
 *
 * @param signal null at the end
 * @param source name of the topic in the catalogue
 */
record Incoming(Signal signal, String source) {

    boolean isEnd() {
        return signal == null;
    }
}
