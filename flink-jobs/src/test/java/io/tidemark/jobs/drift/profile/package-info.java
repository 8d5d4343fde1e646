/** Tests of profiles. */
package io.tidemark.jobs.drift.profile;
