/** {@code tidemark release}: starts rollouts, shows where they stand, moves them on and takes them back. */
package io.tidemark.cli.release;
