/**
 * Brings a ClickHouse database to the state that this version needs: numbered files run once, repeatable definitions run
 * when they changed, measure columns follow the catalogue. Safe when several start at once.
 */
package io.tidemark.sink.migration;
