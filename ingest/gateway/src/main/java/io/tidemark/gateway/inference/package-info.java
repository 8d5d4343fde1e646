/** Finished inferences and outcomes in plain JSON, for stacks without OpenTelemetry: the fields of the contracts by their names. */
package io.tidemark.gateway.inference;
