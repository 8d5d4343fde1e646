/**
 * Control of false discoveries over many slices and signals: at one moment over p-values or e-values, and over time. An
 * empty list of hypotheses has no discoveries.
 */
package io.tidemark.statistics.multiplicity;
