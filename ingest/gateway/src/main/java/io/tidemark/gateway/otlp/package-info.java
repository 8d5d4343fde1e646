/**
 * Reads OTLP bodies. A body is walked once, without building its objects: attributes that the mapping does not know cost no memory, and every
 * limit holds while reading. JSON is turned into protobuf first, so that there is one reader. No network and no Kafka here.
 */
package io.tidemark.gateway.otlp;
