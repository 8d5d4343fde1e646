/** Tests of drift. */
package io.tidemark.jobs.drift;
