/**
 * Candidates for golden sets: each week a few prompts of a slice that are new and unlike each other, by their vectors. Vectors
 * and trace ids come in, requests for a review go out; no text is here.
 */
package io.tidemark.jobs.embedding.golden;
