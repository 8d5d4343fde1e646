package io.tidemark.cli.endtoend;

import static org.awaitility.Awaitility.await;

import io.tidemark.cli.stack.ConsoleAccess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The console of a stack, and all the things that were said to it and that no log may hold. */
final class RecordedConsole {

    /** Why a release is taken back. */
    static final String REASON = "customers of Mrs Miller complain";

    private static final String PROMPT = "what is the diagnosis of patient 4711";
    private static final String GUESS = "tmk_a-token-that-somebody-guessed";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConsoleAccess access;

    RecordedConsole(ConsoleAccess access) {
        this.access = access;
    }

    /** What its log must not hold. */
    String[] secrets() {
        return new String[] {access.token(), GUESS, PROMPT, encoded(PROMPT), REASON};
    }

    void awaitReady(Duration patience) {
        await().atMost(patience).ignoreExceptions().until(() -> get("/api/v1/session", access.token()) == 200);
    }

    /** Says prompts and tokens in every place where a client could: parameters, paths, headers and bodies, right and wrong. */
    void whisper() throws IOException, InterruptedException {
        for (String token : List.of(access.token(), GUESS)) {
            for (String path : List.of("/api/v1/traces", "/api/v1/analysis", "/api/v1/nothing", "/", "/api/v1/board")) {
                get("%s?trace=%s&token=%s".formatted(path, encoded(PROMPT + "'"), encoded(token)), token);
                get("%s/%s?from=%s".formatted(path, encoded(PROMPT), encoded(token)), token);
            }
            post(
                    "/api/v1/flagger/rollback",
                    token,
                    "{\"metadata\":{\"token\":\"%s\",\"release\":\"%s'\"}}".formatted(token, PROMPT));
            post("/api/v1/rollback", token, "{\"release\":\"%s\",\"confirm\":\"%s\"".formatted(PROMPT, token));
            post("/api/v1/rollback", token, body(PROMPT, PROMPT));
        }
    }

    HttpResponse<String> rollBack(String release, String reason) throws IOException, InterruptedException {
        return post("/api/v1/rollback", access.token(), body(release, reason));
    }

    private static String body(String release, String reason) {
        return "{\"release\":\"%s\",\"confirm\":\"%s\",\"reason\":\"%s\"}".formatted(release, release, reason);
    }

    private int get(String path, String token) throws IOException, InterruptedException {
        return http.send(request(path, token).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private HttpResponse<String> post(String path, String token, String body) throws IOException, InterruptedException {
        return http.send(
                request(path, token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(access.url() + path)).header("Authorization", "Bearer " + token);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
