package io.tidemark.gateway.otlp;

import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.SpanBatch;
import java.util.List;
import java.util.Map;

/**
 * What a body becomes.
 *
 * @param batches its spans and texts, one batch for each trace
 * @param outcomes feedback and scores in it
 * @param items spans, log records or data points that it held
 * @param ignored log records and data points that were taken and are not kept
 * @param refused what was refused
 * @param droppedAttributes attributes that were too many, too long, or unreadable
 * @param redactions personal data taken out of texts, by type
 */
public record DecodedBody(
        List<SpanBatch> batches,
        List<Outcome> outcomes,
        int items,
        int ignored,
        List<Refusal> refused,
        int droppedAttributes,
        Map<String, Integer> redactions) {}
