/** The console's process: its settings, and how its server is put together. What it answers lives in the packages below. */
package io.tidemark.console;
