/** JUnit extensions that give tests real infrastructure: a broker with a registry, a ClickHouse engine, and the shared data files. */
package io.tidemark.testing;
