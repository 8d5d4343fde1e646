package io.tidemark.cli.stack;

import java.util.Map;

/**
 * A process of the platform that shares a JVM with others.
 *
 * @param name name of its settings file and of its metrics
 * @param mainClass class with the main method
 * @param settings its settings but for the port of its metrics
 */
record Hosted(String name, Class<?> mainClass, Map<String, String> settings) {}
