/** Alert rules: check files, publish them, and show what is in force. */
package io.tidemark.cli.rules;
