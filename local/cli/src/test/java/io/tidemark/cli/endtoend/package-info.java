/** The whole product, from the command line to SQL, with every process real. */
package io.tidemark.cli.endtoend;
