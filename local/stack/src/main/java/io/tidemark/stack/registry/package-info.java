/**
 * What the schema registry's child process runs: state that follows from a compacted topic ({@code SchemaTopic}, {@code Subjects}),
 * the rule of compatibility, and the REST interface over them ({@code RegistryServer}).
 */
package io.tidemark.stack.registry;
