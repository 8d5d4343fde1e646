/**
 * Backends that turn token ids into vectors: in this process with ONNX Runtime, or on a server. Knows neither Flink nor
 * texts; each passes the one contract test, and each stamps its id on what it gives.
 */
package io.tidemark.jobs.embedding.backend;
