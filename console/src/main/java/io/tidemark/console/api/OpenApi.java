package io.tidemark.console.api;

import io.tidemark.console.command.RollbackEndpoint;
import io.tidemark.console.query.Parameter;
import io.tidemark.console.query.Statement;
import io.tidemark.console.query.StatementCatalogue;
import io.tidemark.platform.build.BuildInformation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The OpenAPI document, made from the catalogue of statements. */
final class OpenApi {

    static final String SESSION = "/api/v1/session";
    static final String DOCUMENT = "/api/v1/openapi.json";
    static final String ANALYSIS = "/api/v1/analysis";

    private static final String PREFIX = "/api/v1/";
    private static final Map<String, Object> TEXT = Map.of("type", "string");

    private OpenApi() {}

    static String path(Statement statement) {
        return PREFIX + statement.name();
    }

    static Map<String, Object> document() {
        Map<String, Object> paths = new TreeMap<>();
        for (Statement statement : StatementCatalogue.ofTheApi()) {
            paths.put(path(statement), get(statement));
        }
        paths.put(SESSION, operation("What the token opens", List.of(), Map.of("type", "object")));
        paths.put(
                ANALYSIS,
                operation(
                        "Verdict about a rollout as pass, fail or inconclusive",
                        List.of("release", "version", "baseline", "tenant", "step", "max-age").stream()
                                .map(name -> parameter(name, "see docs/releases.md", false, TEXT))
                                .toList(),
                        Map.of("type", "object")));
        paths.put(RollbackEndpoint.PATH, rollback());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "Tidemark console", "version", BuildInformation.version()));
        document.put("security", List.of(Map.of("token", List.of())));
        document.put("paths", paths);
        document.put(
                "components", Map.of("securitySchemes", Map.of("token", Map.of("type", "http", "scheme", "bearer"))));
        return document;
    }

    private static Map<String, Object> rollback() {
        Map<String, Object> body = Map.of(
                "type",
                "object",
                "properties",
                Map.of("release", TEXT, "confirm", TEXT, "reason", TEXT),
                "required",
                List.of("release", "confirm", "reason"),
                "additionalProperties",
                false);
        Map<String, Object> responses = new TreeMap<>(responses(Map.of("type", "object")));
        responses.put("202", responses.remove("200"));
        responses.put("404", Map.of("description", "no such release, or none that the token opens"));
        responses.put("409", Map.of("description", "the release is over, or its control is no longer kept warm"));
        responses.put("415", Map.of("description", "the body is not JSON"));
        responses.remove("422");
        return Map.of(
                "post",
                Map.of(
                        "summary",
                        "Commands the rollback of a release; 'confirm' repeats its id. Needs a token with that right",
                        "requestBody",
                        Map.of("required", true, "content", json(body)),
                        "responses",
                        responses));
    }

    private static Map<String, Object> json(Map<String, Object> schema) {
        return Map.of("application/json", Map.of("schema", schema));
    }

    private static Map<String, Object> get(Statement statement) {
        List<Map<String, Object>> parameters =
                statement.parameters().stream().map(OpenApi::parameter).toList();
        Map<String, Object> rows = Map.of("type", "array", "items", Map.of("type", "object"));
        Map<String, Object> answer = Map.of(
                "type",
                "object",
                "properties",
                Map.of(
                        "title", TEXT,
                        "rows", rows,
                        "columns", rows,
                        "sql", Map.of("type", "string", "description", "the statement, to paste"),
                        "next", Map.of("type", List.of("integer", "null"), "description", "offset of the next page")));
        return operation(statement.title(), parameters, answer);
    }

    private static Map<String, Object> parameter(Parameter parameter) {
        return parameter(parameter.name(), parameter.description(), parameter.usual() == null, parameter.schema());
    }

    private static Map<String, Object> parameter(
            String name, String description, boolean required, Map<String, Object> schema) {
        return Map.of("name", name, "in", "query", "description", description, "required", required, "schema", schema);
    }

    private static Map<String, Object> operation(
            String summary, List<Map<String, Object>> parameters, Map<String, Object> schema) {
        return Map.of("get", Map.of("summary", summary, "parameters", parameters, "responses", responses(schema)));
    }

    private static Map<String, Object> responses(Map<String, Object> schema) {
        Map<String, Object> responses = new TreeMap<>();
        responses.put("200", Map.of("description", "answer", "content", json(schema)));
        responses.put("400", Map.of("description", "a parameter must not be"));
        responses.put("401", Map.of("description", "no token, or one that is not known"));
        responses.put("403", Map.of("description", "the token does not open that tenant, or has not that right"));
        responses.put("422", Map.of("description", "the answer would take too long or too much memory"));
        responses.put("503", Map.of("description", "ClickHouse does not answer"));
        return responses;
    }
}
