/** The drift job without texts against the floor: the same source, the same projection, every feature decoded. */
package io.tidemark.benchmarks.drift;
