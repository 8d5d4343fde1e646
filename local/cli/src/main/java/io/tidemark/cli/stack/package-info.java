/**
 * The parts of a running Tidemark and who keeps them running: options that name them, the supervisor that starts, watches and stops those
 * that are embedded, the data directory, and the state file by which other commands find a running stack.
 */
package io.tidemark.cli.stack;
