/** Finished inferences in plain JSON, for stacks without OpenTelemetry: the fields of the trace contract by their names. */
package io.tidemark.gateway.inference;
