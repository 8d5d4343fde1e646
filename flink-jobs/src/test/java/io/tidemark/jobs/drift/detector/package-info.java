/** Tests of the drift detectors: one contract for all. */
package io.tidemark.jobs.drift.detector;
