/** The read API for people and pages: what the statements of the catalogue answer, with the SQL beside it, and the document that describes it. */
package io.tidemark.console.api;
