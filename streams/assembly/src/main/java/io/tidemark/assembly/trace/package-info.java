/** From the spans of one trace to its inferences. Pure: no Kafka, no clock, no state. */
package io.tidemark.assembly.trace;
