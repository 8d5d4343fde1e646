/** Plain records as they are read. */
package io.tidemark.gateway.inference;
