/** What every benchmark shares: the JSON report, the machine it ran on, and what processes cost. */
package io.tidemark.benchmarks.report;
