/** The files of the pages, as the build made them. */
package io.tidemark.console.web;
