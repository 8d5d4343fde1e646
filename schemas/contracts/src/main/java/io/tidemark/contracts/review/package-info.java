/** Identities of reviews: requests that a person should look at a trace. */
package io.tidemark.contracts.review;
