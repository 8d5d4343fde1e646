/**
 * Replays a file: its traces go through topics, a windows job and a sink of their own, at the pace of their event times or as fast as they
 * go. End markers say when each stage has passed the last of them.
 */
package io.tidemark.cli.replay;
