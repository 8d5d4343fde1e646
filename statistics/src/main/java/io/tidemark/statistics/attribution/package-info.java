/**
 * Where a change of a rate comes from: the mix of traffic, the rates inside the strata, or one component of the version.
 * A method here says when the data cannot tell.
 */
package io.tidemark.statistics.attribution;
