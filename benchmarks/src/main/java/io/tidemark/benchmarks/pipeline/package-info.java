/** The whole pipeline on one machine: how much it takes, and how soon an event can be asked for. */
package io.tidemark.benchmarks.pipeline;
