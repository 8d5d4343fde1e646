package io.tidemark.gateway.inference;

import io.tidemark.contracts.avro.Trace;
import io.tidemark.gateway.otlp.Refusal;
import java.util.List;

/**
 * What a body of inferences becomes.
 *
 * @param traces the inferences
 * @param items how many it held
 * @param refused those that were refused
 */
public record DecodedInferences(List<Trace> traces, int items, List<Refusal> refused) {}
