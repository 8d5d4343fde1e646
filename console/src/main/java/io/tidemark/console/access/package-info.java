/** Whose token came with a request, and what it may see and do. */
package io.tidemark.console.access;
