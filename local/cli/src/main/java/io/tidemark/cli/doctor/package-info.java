/** Says whether this machine and a running stack are in order, and what to do where they are not. */
package io.tidemark.cli.doctor;
