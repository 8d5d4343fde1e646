/** How fast the console answers over a month of windows, and what boards that stay open cost. */
package io.tidemark.benchmarks.console;
