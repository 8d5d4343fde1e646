/** Shows traces and refused records as they arrive. Prompt and response text is never shown. */
package io.tidemark.cli.tail;
