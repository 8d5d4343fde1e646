/**
 * Tests that may be looked at after every pane: e-processes, confidence sequences and change detectors. A method enters
 * here when its guarantee holds at every stopping time; each is one class, its state a public record.
 */
package io.tidemark.statistics.sequential;
