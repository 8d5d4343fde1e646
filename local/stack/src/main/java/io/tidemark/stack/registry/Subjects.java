package io.tidemark.stack.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * What the registry knows: subjects with their versions, and settings. It changes only by what is read from the topic, so it is the
 * same after a restart, and right after a write whose outcome was not known.
 */
final class Subjects {

    /** Stands for all subjects where settings are asked for. */
    static final String GLOBAL = "";

    private final SchemaTopic topic;
    private final Map<String, List<StoredSchema>> versions = new TreeMap<>();
    private final Map<Integer, String> textsById = new HashMap<>();
    private final Map<String, Integer> idsByText = new HashMap<>();
    private int highestId;
    private final Map<String, CompatibilityLevel> levels = new HashMap<>();
    private final Map<String, Mode> modes = new HashMap<>();

    Subjects(SchemaTopic topic) {
        this.topic = topic;
        levels.put(GLOBAL, CompatibilityLevel.FULL_TRANSITIVE);
        modes.put(GLOBAL, Mode.READWRITE);
        topic.readNew(this::apply);
    }

    /** Registers a schema, or finds it registered, and returns its id. */
    synchronized int register(String subject, String text) {
        topic.readNew(this::apply);
        Schema schema = parse(text);
        Optional<StoredSchema> same = find(subject, schema);
        if (same.isPresent()) {
            return same.get().id();
        }
        if (mode(subject).orElse(modes.get(GLOBAL)) == Mode.READONLY) {
            throw RegistryError.readOnly(subject);
        }
        List<StoredSchema> earlier = versions.getOrDefault(subject, List.of());
        List<String> objections = objections(subject, schema, earlier);
        if (!objections.isEmpty()) {
            throw RegistryError.incompatible(subject, objections.toString());
        }
        int id = idsByText.getOrDefault(schema.toString(), highestId + 1);
        write(RegistryRecord.schema(new StoredSchema(subject, earlier.size() + 1, id, schema.toString())));
        return id;
    }

    synchronized List<String> names() {
        return List.copyOf(versions.keySet());
    }

    /** Versions of a subject, oldest first. */
    synchronized List<StoredSchema> versions(String subject) {
        List<StoredSchema> known = versions.get(subject);
        if (known == null) {
            throw RegistryError.unknownSubject(subject);
        }
        return List.copyOf(known);
    }

    synchronized StoredSchema version(String subject, String version) {
        List<StoredSchema> known = versions(subject);
        int number = number(version, known.size());
        if (number > known.size()) {
            throw RegistryError.unknownVersion(version);
        }
        return known.get(number - 1);
    }

    synchronized StoredSchema lookUp(String subject, String text) {
        Schema schema = parse(text);
        versions(subject);
        return find(subject, schema).orElseThrow(RegistryError::unknownSchema);
    }

    synchronized String textById(int id) {
        String text = textsById.get(id);
        if (text == null) {
            throw RegistryError.unknownSchema();
        }
        return text;
    }

    /** Every version of every subject that has this id. */
    synchronized List<StoredSchema> usesOf(int id) {
        textById(id);
        return versions.values().stream()
                .flatMap(List::stream)
                .filter(schema -> schema.id() == id)
                .toList();
    }

    /** Why a schema may not become the next version, all earlier versions considered that the subject's level asks for. */
    synchronized List<String> objections(String subject, String text) {
        return objections(subject, parse(text), versions.getOrDefault(subject, List.of()));
    }

    /** Why a schema does not get along with one version. */
    synchronized List<String> objections(String subject, String text, String version) {
        return objections(subject, parse(text), List.of(version(subject, version)));
    }

    /** The level that was set for a subject, or for {@link #GLOBAL}; empty when none was. */
    synchronized Optional<CompatibilityLevel> level(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    synchronized void setLevel(String subject, CompatibilityLevel level) {
        write(RegistryRecord.compatibility(subject, level));
    }

    /** The mode that was set for a subject, or for {@link #GLOBAL}; empty when none was. */
    synchronized Optional<Mode> mode(String subject) {
        return Optional.ofNullable(modes.get(subject));
    }

    synchronized void setMode(String subject, Mode mode) {
        write(RegistryRecord.mode(subject, mode));
    }

    private List<String> objections(String subject, Schema schema, List<StoredSchema> earlier) {
        CompatibilityLevel level = level(subject).orElse(levels.get(GLOBAL));
        return level.objections(
                schema, earlier.stream().map(stored -> parse(stored.text())).toList());
    }

    private Optional<StoredSchema> find(String subject, Schema schema) {
        String text = schema.toString();
        return versions.getOrDefault(subject, List.of()).stream()
                .filter(stored -> Objects.equals(stored.text(), text))
                .findFirst();
    }

    private void write(RegistryRecord record) {
        topic.append(record);
        topic.readNew(this::apply);
    }

    private void apply(RegistryRecord record) {
        switch (record.type()) {
            case RegistryRecord.SCHEMA -> applySchema(record);
            case RegistryRecord.CONFIG ->
                levels.put(
                        record.subject(),
                        CompatibilityLevel.parse(
                                record.value().path("compatibilityLevel").asText()));
            case RegistryRecord.MODE ->
                modes.put(
                        record.subject(), Mode.parse(record.value().path("mode").asText()));
            default -> {
                // records of other registries' features, such as Confluent's NOOP, mean nothing here
            }
        }
    }

    private void applySchema(RegistryRecord record) {
        StoredSchema schema = new StoredSchema(
                record.subject(),
                record.value().path("version").asInt(),
                record.value().path("id").asInt(),
                record.value().path("schema").asText());
        List<StoredSchema> known = versions.computeIfAbsent(schema.subject(), subject -> new ArrayList<>());
        if (schema.version() > known.size()) {
            known.add(schema);
            textsById.put(schema.id(), schema.text());
            idsByText.put(schema.text(), schema.id());
            highestId = Math.max(highestId, schema.id());
        }
    }

    private static int number(String version, int latest) {
        if (version.equals("latest") || version.equals("-1")) {
            return latest;
        }
        try {
            int number = Integer.parseInt(version);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below, with negative numbers
        }
        throw RegistryError.invalidVersion(version);
    }

    private static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (SchemaParseException e) {
            throw RegistryError.invalidSchema(e.getMessage());
        }
    }
}
