/**
 * What is decided before anything is done: the decision that an alert carries, the record of earlier ones, and the guards that each must
 * pass. Knows no Kafka and no target.
 */
package io.tidemark.consumers.decision;
