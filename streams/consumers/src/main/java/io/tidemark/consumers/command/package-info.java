/** What people tell the consumers: halt, go on, approve, reject. A word counts only with a right signature and before it expires. */
package io.tidemark.consumers.command;
