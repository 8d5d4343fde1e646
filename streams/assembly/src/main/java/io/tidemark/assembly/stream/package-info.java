/** The Kafka Streams application around the assembly: state, deadlines, what is late, and the process. */
package io.tidemark.assembly.stream;
