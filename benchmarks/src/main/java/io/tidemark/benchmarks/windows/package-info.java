/** The windows job against the floor: the same source and the same projection, and nothing behind it. */
package io.tidemark.benchmarks.windows;
