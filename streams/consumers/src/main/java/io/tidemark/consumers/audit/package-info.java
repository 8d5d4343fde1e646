/** The audit: every record of what a consumer intended, did, saw or refused, written in transactions and read back at the start. */
package io.tidemark.consumers.audit;
