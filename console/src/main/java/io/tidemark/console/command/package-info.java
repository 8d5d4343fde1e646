/** What people may command from the pages: the rollback of a release, and nothing else. */
package io.tidemark.console.command;
