/** Embedding: the operator in a running job against a bare loop over its backend, on the same texts. */
package io.tidemark.benchmarks.embedding;
