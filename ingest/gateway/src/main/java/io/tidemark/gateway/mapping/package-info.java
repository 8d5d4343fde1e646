/**
 * The mapping of client dialects to the trace contract. What maps to what is data, one file a dialect under the resources of this package;
 * the code here only knows target fields, units, and how the best of several sources wins.
 */
package io.tidemark.gateway.mapping;
