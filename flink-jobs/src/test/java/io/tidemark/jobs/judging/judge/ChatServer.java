package io.tidemark.jobs.judging.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A server on this machine that speaks OpenAI's chat completions protocol. What it answers is told by the test; it charges a
 * token for four characters.
 */
public final class ChatServer implements AutoCloseable {

    public static final String KEY = "sk-test";
    public static final String MODEL = "judge-model";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private volatile Function<String, String> answers;
    private volatile int status = 200;

    /** @param answers what is answered to the text of a user's message */
    public ChatServer(Function<String, String> answers) throws IOException {
        this.answers = answers;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    public void answer(Function<String, String> other) {
        answers = other;
    }

    /** From now on every request is answered with a status; 200 for answers. */
    public void status(int other) {
        status = other;
    }

    /** Bodies of the requests that were answered with a completion. */
    public List<JsonNode> requests() {
        return requests;
    }

    public JudgeSettings.OpenAi settings(String template) {
        String url = "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
        return new JudgeSettings.OpenAi(url, MODEL, KEY, template, Duration.ofSeconds(5), 4, 150, 600);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
            boolean isKnown =
                    ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (status != 200 || !isKnown || !exchange.getRequestMethod().equals("POST")) {
                exchange.sendResponseHeaders(isKnown ? status : 401, -1);
                return;
            }
            byte[] body = JSON.writeValueAsBytes(completion(request));
            requests.add(request);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private ObjectNode completion(JsonNode request) {
        StringBuilder read = new StringBuilder();
        request.get("messages")
                .forEach(message -> read.append(message.get("content").asText()));
        String content = answers.apply(request.at("/messages/1/content").asText());
        ObjectNode completion = JSON.createObjectNode()
                .put("id", "chatcmpl-1")
                .put("object", "chat.completion")
                .put("model", request.get("model").asText());
        ObjectNode choice =
                completion.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", content);
        completion
                .putObject("usage")
                .put("prompt_tokens", read.length() / CHARACTERS_PER_TOKEN)
                .put("completion_tokens", content.length() / CHARACTERS_PER_TOKEN);
        return completion;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
