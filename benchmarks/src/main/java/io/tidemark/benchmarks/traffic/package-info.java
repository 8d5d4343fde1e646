/** What benchmarks feed: a broker of their own, and realistic traces, written once and stamped with new ids and times so that making them costs little. */
package io.tidemark.benchmarks.traffic;
