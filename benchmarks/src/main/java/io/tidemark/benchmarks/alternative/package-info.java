/** What a user would do without Tidemark, beside Tidemark: what both cost, and how right their percentiles are. */
package io.tidemark.benchmarks.alternative;
