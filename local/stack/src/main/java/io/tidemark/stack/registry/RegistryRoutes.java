package io.tidemark.stack.registry;

import io.tidemark.stack.registry.RegistryServer.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of Confluent's REST interface that its client uses for Avro. */
final class RegistryRoutes {

    private final Subjects subjects;

    RegistryRoutes(Subjects subjects) {
        this.subjects = subjects;
    }

    /** Answers a request with what becomes the JSON of the response; errors are thrown as {@link RegistryError}. */
    Object answer(RegistryRequest request) {
        List<String> path = request.path();
        return switch (request.shape()) {
            case "GET" -> Map.of();
            case "GET subjects" -> subjects.names();
            case "GET subjects * versions" ->
                subjects.versions(path.get(1)).stream()
                        .map(StoredSchema::version)
                        .toList();
            case "POST subjects * versions" -> Map.of("id", subjects.register(path.get(1), request.schema()));
            case "POST subjects *" -> json(subjects.lookUp(path.get(1), request.schema()));
            case "GET subjects * versions *" -> json(subjects.version(path.get(1), path.get(3)));
            case "GET subjects * versions * schema" ->
                new RawJson(subjects.version(path.get(1), path.get(3)).text());
            default -> schemas(request);
        };
    }

    private Object schemas(RegistryRequest request) {
        List<String> path = request.path();
        return switch (request.shape()) {
            case "GET schemas types" -> List.of("AVRO");
            case "GET schemas ids *" -> Map.of("schema", subjects.textById(id(path)));
            case "GET schemas ids * schema" -> new RawJson(subjects.textById(id(path)));
            case "GET schemas ids * subjects" ->
                subjects.usesOf(id(path)).stream()
                        .map(StoredSchema::subject)
                        .distinct()
                        .toList();
            case "GET schemas ids * versions" ->
                subjects.usesOf(id(path)).stream()
                        .map(use -> Map.of("subject", use.subject(), "version", use.version()))
                        .toList();
            default -> settings(request);
        };
    }

    private Object settings(RegistryRequest request) {
        List<String> path = request.path();
        return switch (request.shape()) {
            case "GET config" -> level(Subjects.GLOBAL, request);
            case "GET config *" -> level(path.get(1), request);
            case "PUT config" -> setLevel(Subjects.GLOBAL, request);
            case "PUT config *" -> setLevel(path.get(1), request);
            case "GET mode" -> mode(Subjects.GLOBAL, request);
            case "GET mode *" -> mode(path.get(1), request);
            case "PUT mode" -> setMode(Subjects.GLOBAL, request);
            case "PUT mode *" -> setMode(path.get(1), request);
            case "POST compatibility subjects * versions" ->
                verdict(subjects.objections(path.get(2), request.schema()), request);
            case "POST compatibility subjects * versions *" ->
                verdict(subjects.objections(path.get(2), request.schema(), path.get(4)), request);
            default -> throw RegistryError.unknownPath(request.shape());
        };
    }

    private Object level(String subject, RegistryRequest request) {
        String asked =
                request.has("defaultToGlobal=true") && subjects.level(subject).isEmpty() ? Subjects.GLOBAL : subject;
        return Map.of(
                "compatibilityLevel",
                subjects.level(asked)
                        .orElseThrow(() -> RegistryError.noCompatibilityOf(subject))
                        .name());
    }

    private Object setLevel(String subject, RegistryRequest request) {
        CompatibilityLevel level = CompatibilityLevel.parse(request.field("compatibility"));
        subjects.setLevel(subject, level);
        return Map.of("compatibility", level.name());
    }

    private Object mode(String subject, RegistryRequest request) {
        String asked =
                request.has("defaultToGlobal=true") && subjects.mode(subject).isEmpty() ? Subjects.GLOBAL : subject;
        return Map.of(
                "mode",
                subjects.mode(asked)
                        .orElseThrow(() -> RegistryError.noModeOf(subject))
                        .name());
    }

    private Object setMode(String subject, RegistryRequest request) {
        Mode mode = Mode.parse(request.field("mode"));
        subjects.setMode(subject, mode);
        return Map.of("mode", mode.name());
    }

    private static Object verdict(List<String> objections, RegistryRequest request) {
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("is_compatible", objections.isEmpty());
        if (request.has("verbose=true")) {
            verdict.put("messages", objections);
        }
        return verdict;
    }

    private static Object json(StoredSchema schema) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("subject", schema.subject());
        json.put("version", schema.version());
        json.put("id", schema.id());
        json.put("schema", schema.text());
        return json;
    }

    private static int id(List<String> path) {
        try {
            return Integer.parseInt(path.get(2));
        } catch (NumberFormatException e) {
            throw RegistryError.unknownSchema();
        }
    }
}
