/** Baselines and drift on the command line: making baselines, what drifted, and what a person says about it. */
package io.tidemark.cli.drift;
