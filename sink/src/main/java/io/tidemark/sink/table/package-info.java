/**
 * Which table each topic goes to and which columns it has. Columns follow from the contract's schema by a few rules; the
 * measure columns of the windows table follow from the measure catalogue.
 */
package io.tidemark.sink.table;
