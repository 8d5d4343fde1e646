package io.tidemark.jobs.embedding.backend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model server on a free port of this machine that speaks the Open Inference Protocol with binary tensors, and that of
 * TEI; its vectors come from the model itself, on processors.
 */
public final class ModelServer implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String HEADER_LENGTH = "Inference-Header-Content-Length";
    private static final String METADATA =
            """
            {"name":"all-MiniLM-L6-v2","versions":["1"],"platform":"test_onnxruntime",
             "inputs":[{"name":"input_ids","datatype":"INT64","shape":[-1,-1]},
                       {"name":"attention_mask","datatype":"INT64","shape":[-1,-1]},
                       {"name":"token_type_ids","datatype":"INT64","shape":[-1,-1]}],
             "outputs":[{"name":"sentence_embedding","datatype":"FP32","shape":[-1,384]}]}""";
    private static final String INFO =
            """
            {"model_id":"sentence-transformers/all-MiniLM-L6-v2","model_sha":"test","model_dtype":"float32",
             "model_type":{"embedding":{"pooling":"mean"}},"max_input_length":256}""";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final OnnxBackend model = OnnxBackend.cpu(4);
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();

    public ModelServer() throws Exception {
        model.open();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v2/models/all-MiniLM-L6-v2", exchange -> answer(exchange, this::kserve));
        server.createContext("/info", exchange -> answer(exchange, (in, body) -> INFO.getBytes()));
        server.createContext("/embed", exchange -> answer(exchange, (in, body) -> tei(body)));
        server.start();
    }

    private interface Handler {
        byte[] answer(HttpExchange exchange, byte[] body) throws Exception;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next requests for vectors are answered with "busy". */
    public void failNext(int count) {
        failures.set(count);
    }

    public int requests() {
        return requests.get();
    }

    private void answer(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean isPost = exchange.getRequestMethod().equals("POST");
            if (isPost && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            requests.addAndGet(isPost ? 1 : 0);
            byte[] answer = handler.answer(exchange, body);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private byte[] kserve(HttpExchange exchange, byte[] body) throws Exception {
        if (!exchange.getRequestURI().getPath().endsWith("/infer")) {
            return METADATA.getBytes();
        }
        int headerLength = Integer.parseInt(exchange.getRequestHeaders().getFirst(HEADER_LENGTH));
        JsonNode header = MAPPER.readTree(body, 0, headerLength);
        JsonNode shape = header.at("/inputs/0/shape");
        int texts = shape.get(0).asInt();
        int longest = shape.get(1).asInt();
        ByteBuffer tensors = ByteBuffer.wrap(body, headerLength, body.length - headerLength)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        int[][] tokens = new int[texts][];
        for (int text = 0; text < texts; text++) {
            int length = 0;
            for (int i = 0; i < longest; i++) {
                length += (int) tensors.getLong(8 * (texts * longest + text * longest + i));
            }
            tokens[text] = new int[length];
            for (int i = 0; i < length; i++) {
                tokens[text][i] = (int) tensors.getLong(8 * (text * longest + i));
            }
        }
        float[][] vectors = model.embed(tokens);
        int bytes = texts * 384 * 4;
        ObjectNode answer = MAPPER.createObjectNode().put("model_name", "all-MiniLM-L6-v2");
        ObjectNode output = answer.putArray("outputs").addObject();
        output.put("name", header.at("/outputs/0/name").asText()).put("datatype", "FP32");
        output.putArray("shape").add(texts).add(384);
        output.putObject("parameters").put("binary_data_size", bytes);
        byte[] json = MAPPER.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set(HEADER_LENGTH, String.valueOf(json.length));
        ByteBuffer whole = ByteBuffer.allocate(json.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
        whole.put(json);
        for (float[] vector : vectors) {
            for (float number : vector) {
                whole.putFloat(number);
            }
        }
        return whole.array();
    }

    private byte[] tei(byte[] body) throws Exception {
        JsonNode inputs = MAPPER.readTree(body).get("inputs");
        int[][] tokens = new int[inputs.size()][];
        for (int text = 0; text < tokens.length; text++) {
            tokens[text] = new int[inputs.get(text).size()];
            for (int i = 0; i < tokens[text].length; i++) {
                tokens[text][i] = inputs.get(text).get(i).asInt();
            }
        }
        ArrayNode answer = MAPPER.createArrayNode();
        for (float[] vector : model.embed(tokens)) {
            ArrayNode numbers = answer.addArray();
            for (float number : vector) {
                numbers.add(number);
            }
        }
        return MAPPER.writeValueAsBytes(answer);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        model.close();
    }
}
