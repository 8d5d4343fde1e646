/** Answers for rollout controllers: what the canary job says of a release, as pass, fail or inconclusive. */
package io.tidemark.console.analysis;
