package io.tidemark.gateway.mapping;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.tidemark.contracts.avro.SpanKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every dialect in one table. A span is read with the whole table: clients mix dialects, and no span says which one it speaks. */
public final class MappingTable {

    private static final String INDEX = "index.txt";

    private final List<String> versions = new ArrayList<>();
    private final AttributeTable attributes;
    private final Map<String, SpanKindRule> kindsByName = new HashMap<>();
    private final Map<String, EventKind> events = new HashMap<>();
    private final OutcomeNames outcomeNames;
    private final Set<String> refusals = new HashSet<>();
    private final Map<Fact, List<String>> factNames = new HashMap<>();
    private String featurePrefix = "";

    record SpanKindRule(int rank, SpanKind kind) {}

    private MappingTable(List<DialectFile> files) {
        Map<String, MappedAttribute> byName = new HashMap<>();
        Map<String, List<String>> outcome = new HashMap<>();
        for (DialectFile file : files) {
            versions.add(file.dialect() + " " + file.version());
            try {
                add(file, byName);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("dialect '%s': %s".formatted(file.dialect(), e.getMessage()), e);
            }
            outcome.putAll(file.outcome());
            refusals.addAll(file.refusals());
            featurePrefix = file.features() == null ? featurePrefix : file.features();
        }
        attributes = new AttributeTable(byName);
        outcomeNames = new OutcomeNames(outcome);
    }

    /** The table of this build. */
    public static MappingTable load() {
        List<DialectFile> files = new ArrayList<>();
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        try {
            for (String name :
                    text(INDEX).lines().filter(line -> !line.isBlank()).toList()) {
                files.add(yaml.readValue(text(name), DialectFile.class));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a dialect file cannot be read", e);
        }
        return new MappingTable(files);
    }

    /** Names and versions of the dialects. */
    public List<String> versions() {
        return List.copyOf(versions);
    }

    /** The attribute whose name stands in these bytes, or null. */
    public MappedAttribute attribute(byte[] bytes, int offset, int length) {
        return attributes.find(bytes, offset, length);
    }

    /** The attribute of a name, or null. */
    public MappedAttribute attribute(String name) {
        return attributes.find(name);
    }

    /** What an event of this name holds; empty when it is of no interest. */
    public Optional<EventKind> event(String name) {
        return Optional.ofNullable(events.get(name));
    }

    /** Attributes of outcome events. */
    public OutcomeNames outcome() {
        return outcomeNames;
    }

    /** Prefix of attributes that hold input features. */
    public String featurePrefix() {
        return featurePrefix;
    }

    /** The attributes that can name a slice field, best first. */
    public List<String> names(Fact fact) {
        return factNames.getOrDefault(fact, List.of());
    }

    SpanKindRule kindOfName(String spanName) {
        return kindsByName.get(spanName);
    }

    boolean isRefusal(String finishReason) {
        return refusals.contains(finishReason);
    }

    private void add(DialectFile file, Map<String, MappedAttribute> byName) {
        file.kinds().forEach(kind -> addKind(kind, byName));
        each(file.call(), byName, (field, rank, source, attribute) -> {
            CallField target = CallField.named(field);
            attribute.add(source.key(), (value, draft) -> draft.call(target, rank, value, source.factor()));
        });
        each(file.facts(), byName, (field, rank, source, attribute) -> {
            Fact target = Fact.named(field);
            attribute.addFact((value, draft) -> draft.fact(target, rank, value));
            factNames.computeIfAbsent(target, key -> new ArrayList<>()).add(source.attribute());
        });
        each(
                file.keep(),
                byName,
                (field, rank, source, attribute) ->
                        attribute.add(source.key(), (value, draft) -> draft.keep(field, value)));
        each(file.content(), byName, (field, rank, source, attribute) -> {
            boolean prompt = isPrompt(field);
            attribute.addContent((value, draft) -> draft.content(prompt, rank, value));
        });
        file.events()
                .forEach((kind, names) ->
                        names.forEach(name -> events.put(name, EventKind.valueOf(kind.toUpperCase(Locale.ROOT)))));
    }

    private void addKind(DialectFile.Kind kind, Map<String, MappedAttribute> byName) {
        if (kind.attribute() == null) {
            kindsByName.put(kind.span(), new SpanKindRule(kind.rank(), kind.kind()));
            return;
        }
        MappedAttribute attribute = byName.computeIfAbsent(kind.attribute(), name -> new MappedAttribute());
        attribute.add(null, (value, draft) -> {
            SpanKind found = kind.values() == null ? kind.kind() : kind.values().get(String.valueOf(value));
            if (found != null) {
                draft.kind(found, kind.rank());
            }
        });
    }

    private interface SourceVisitor {
        void visit(String field, int rank, SourceName source, MappedAttribute attribute);
    }

    private static void each(
            Map<String, List<String>> section, Map<String, MappedAttribute> byName, SourceVisitor visitor) {
        section.forEach((field, names) -> {
            for (int rank = 0; rank < names.size(); rank++) {
                SourceName source = SourceName.parse(names.get(rank));
                MappedAttribute attribute = byName.computeIfAbsent(source.attribute(), name -> new MappedAttribute());
                visitor.visit(field, rank, source, attribute);
            }
        });
    }

    private static boolean isPrompt(String field) {
        return switch (field) {
            case "prompt" -> true;
            case "response" -> false;
            default -> throw new IllegalArgumentException("content '%s' must be prompt or response".formatted(field));
        };
    }

    private static String text(String name) throws IOException {
        try (InputStream stream = MappingTable.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("mapping/%s is not in the build".formatted(name));
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
