/** Slow movements over days and weeks: quality trends and cost growth, robust to the weekly cycle. */
package io.tidemark.statistics.trend;
