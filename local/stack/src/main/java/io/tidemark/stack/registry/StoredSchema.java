package io.tidemark.stack.registry;

/**
 * A version of a subject.
 *
 * @param version counted from 1 within the subject
 * @param id the same for equal schemas of all subjects
 * @param text the schema as Avro prints it
 */
record StoredSchema(String subject, int version, int id, String text) {}
