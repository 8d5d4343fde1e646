/** What the broker's child process runs, and its settings. */
package io.tidemark.stack.kafka;
