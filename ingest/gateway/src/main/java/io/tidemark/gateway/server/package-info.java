/** The process: OTLP over gRPC and HTTP, plain JSON, limits, back-pressure, metrics and an orderly end. */
package io.tidemark.gateway.server;
