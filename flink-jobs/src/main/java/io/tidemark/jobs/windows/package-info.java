/**
 * The windows job: measures of every slice in panes and windows. Events are aggregated by slice and pane in the source's
 * chain, partial results are merged up the slice lattice, and the window operator keeps and publishes the windows.
 * Begin at {@link io.tidemark.jobs.windows.WindowsJob}.
 */
package io.tidemark.jobs.windows;
