/**
 * The review queue: what asks people to look at a trace passes here on its way to {@code tidemark.reviews.v1}, and here only is
 * its quota. Jobs hand over {@link io.tidemark.jobs.review.Proposal}s; why something is doubtful is theirs to know.
 */
package io.tidemark.jobs.review;
