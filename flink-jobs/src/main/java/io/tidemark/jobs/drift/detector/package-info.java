/**
 * Drift detectors: each compares the counts of a window with those of a baseline. A new one is a class here and a line in
 * {@link io.tidemark.jobs.drift.detector.DriftDetectors}. Nothing here knows Flink or Kafka.
 */
package io.tidemark.jobs.drift.detector;
