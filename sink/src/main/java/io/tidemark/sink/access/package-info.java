/**
 * Who may read what in ClickHouse: one declaration, given to a server as SQL and to an embedded engine as a users file. Nothing here
 * writes rows of traffic.
 */
package io.tidemark.sink.access;
