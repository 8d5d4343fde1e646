/**
 * What a rollout is held against: the measures that can be guardrails, presets for each kind of service, and the checks that
 * a release must pass before it may start. Read by the command line that starts releases and by the job that watches them.
 */
package io.tidemark.contracts.release;
