/** Tests of pairing. */
package io.tidemark.jobs.canary.pair;
