/** What the detectors find on public data with known drift. */
package io.tidemark.statistics.data;
