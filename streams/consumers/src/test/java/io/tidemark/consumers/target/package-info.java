/** The targets: one contract that all keep, and what each does to its own system. */
package io.tidemark.consumers.target;
