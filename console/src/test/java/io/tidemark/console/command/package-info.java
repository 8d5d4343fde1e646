/** Tests of what people may command. */
package io.tidemark.console.command;
