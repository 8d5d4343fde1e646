/** What benchmarks of jobs over the traces topic share: the floor, the topics, progress, sizes of checkpoints. */
package io.tidemark.benchmarks.job;
