/** Damaged requests for the decoder and for the server: what they are made of, and what is done to them. */
package io.tidemark.gateway.fuzz;
