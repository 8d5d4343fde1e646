/**
 * Drift of features, outputs and data quality, and the one gate that decides over all drift tests of a tick, embeddings
 * included. What enters here compares a window with a frozen baseline, or with the window before it.
 */
package io.tidemark.jobs.drift;
