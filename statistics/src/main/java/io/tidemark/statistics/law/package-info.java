/** Laws of test statistics that the methods share, on top of Commons Statistics: degenerate cases and tails included. */
package io.tidemark.statistics.law;
