/**
 * The producer library for JVM serving stacks. {@link io.tidemark.client.TraceEmitter} takes traces without ever making the
 * caller wait, and delivers them to Kafka from a thread of its own.
 */
package io.tidemark.client;
