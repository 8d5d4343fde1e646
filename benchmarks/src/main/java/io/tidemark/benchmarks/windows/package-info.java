/** The windows job against the floor: the same source and the same projection, and nothing behind it. The rules job over its rows. */
package io.tidemark.benchmarks.windows;
