/** What people see: tables, progress on a terminal, plain lines elsewhere. Nothing here knows what is shown. */
package io.tidemark.cli.terminal;
