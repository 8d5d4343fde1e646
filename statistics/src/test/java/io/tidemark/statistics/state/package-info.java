/** Laws that every mergeable state keeps, and the round trip through bytes that every stored state survives. */
package io.tidemark.statistics.state;
