/** Ways to bring a block of columns into a ClickHouse table in one synchronous, repeatable insert. */
package io.tidemark.sink.insert;
