/** How far the judges that come along agree with people. */
package io.tidemark.benchmarks.judging;
