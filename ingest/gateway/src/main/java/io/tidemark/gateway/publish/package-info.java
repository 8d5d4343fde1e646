/** From decoded bodies to Kafka: a request is done when every record of it is acknowledged. */
package io.tidemark.gateway.publish;
