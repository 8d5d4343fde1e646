/** Random draws with fixed seeds, for the tests that measure error rates, powers and delays. */
package io.tidemark.statistics.simulation;
