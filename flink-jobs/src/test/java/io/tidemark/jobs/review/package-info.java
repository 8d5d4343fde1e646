/** Tests of the review queue. */
package io.tidemark.jobs.review;
