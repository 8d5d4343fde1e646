/** Tests of the choice of golden-set candidates. */
package io.tidemark.jobs.embedding.golden;
