/**
 * What the ClickHouse child process runs: the ClickHouse 26.7 engine via libchdb in clickhouse-local mode, with ClickHouse's own HTTP
 * server. For development, tests and demos; production is a clickhouse-server or cluster behind the same JDBC URL. The version is
 * pinned, because this use of the library is unofficial; the bad-client tests say whether another version may be taken.
 */
package io.tidemark.stack.clickhouse;
