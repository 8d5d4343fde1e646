/** The demonstration: traffic with a planted fault, and what Tidemark says about it. */
package io.tidemark.cli.demo;
