/** SQL against ClickHouse over its HTTP interface: for the {@code query} command, and for the numbers that other commands show. */
package io.tidemark.cli.query;
