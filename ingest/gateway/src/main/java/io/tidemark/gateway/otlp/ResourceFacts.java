package io.tidemark.gateway.otlp;

import java.util.Map;

/**
 * What a resource says about its spans.
 *
 * @param tenant tenant of its spans
 * @param facts slice fields
 * @param kept attributes that every model call keeps
 */
record ResourceFacts(String tenant, Map<String, String> facts, Map<String, String> kept) {}
