/**
 * Text to token ids, in Java alone: natively loaded tokenizers cannot be loaded by two jobs of one process. Knows neither
 * Flink nor any model beyond its vocabulary.
 */
package io.tidemark.jobs.embedding.tokenizer;
