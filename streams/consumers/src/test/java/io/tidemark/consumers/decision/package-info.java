/** The guards and the ledger, without Kafka. */
package io.tidemark.consumers.decision;
