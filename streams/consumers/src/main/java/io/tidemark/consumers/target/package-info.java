/**
 * What consumers act on: one class a system, listed in {@link io.tidemark.consumers.target.Targets}. A target changes something only while
 * it is in the state that the caller has seen, and tells a request that it has already carried out.
 */
package io.tidemark.consumers.target;
