package io.tidemark.gateway.inference;

import io.tidemark.gateway.otlp.Refusal;
import java.util.List;

/**
 * What a body of plain records becomes.
 *
 * @param records those that are taken
 * @param items how many it held
 * @param refused those that were refused
 * @param <T> record class
 */
public record DecodedRecords<T>(List<T> records, int items, List<Refusal> refused) {}
