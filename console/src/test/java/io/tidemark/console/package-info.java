/** Tests of the console against a real ClickHouse. */
package io.tidemark.console;
