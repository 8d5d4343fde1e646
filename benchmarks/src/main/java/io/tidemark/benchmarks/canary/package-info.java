/** How soon a bad canary is rolled back and how rarely a healthy one is: simulations through the operator of the job, and the wall clock through Kafka. */
package io.tidemark.benchmarks.canary;
