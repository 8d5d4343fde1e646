/** {@code tidemark ingest}: what the gateway makes of a recorded body. */
package io.tidemark.cli.ingest;
