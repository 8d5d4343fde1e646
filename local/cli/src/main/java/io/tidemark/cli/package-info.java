/**
 * The {@code tidemark} command line: its entry point, how it reports failures, and nothing else. Each command has a room of its own; a
 * command class reads its options and says what happens in what order, the work is done by the classes beside it.
 */
package io.tidemark.cli;
