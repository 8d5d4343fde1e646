/** Refused records: what they are, why they were refused, and sending them again. The payload itself is never shown. */
package io.tidemark.cli.deadletter;
