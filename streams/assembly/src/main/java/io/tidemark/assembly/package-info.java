/** The trace assembler: joins spans that came in different requests, or at different gateways, to traces. */
package io.tidemark.assembly;
