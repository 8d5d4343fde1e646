/** The consumers on a real broker, against a target that counts what reaches it. */
package io.tidemark.consumers;
