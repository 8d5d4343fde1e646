/** The contract of a trace beyond what Avro checks: limits and rules that every way in shares, library and gateway. */
package io.tidemark.ingest.validation;
