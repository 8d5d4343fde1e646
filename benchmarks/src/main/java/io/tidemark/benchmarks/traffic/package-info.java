/** Traces for benchmarks: realistic ones, written once and stamped with new ids and times so that making them costs little. */
package io.tidemark.benchmarks.traffic;
