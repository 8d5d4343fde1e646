package io.tidemark.jobs.embedding.backend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A server of the Open Inference Protocol (KServe v2) over HTTP, with tensors in binary. The model takes
 * {@code input_ids} and {@code attention_mask}, and {@code token_type_ids} if it names them, and gives one vector a text, or
 * its hidden states, which are then pooled here; in single or half precision.
 */
final class KserveBackend extends RemoteBackend {

    private static final String HEADER_LENGTH = "Inference-Header-Content-Length";
    private static final String PARAMETERS = "parameters";
    private static final int VECTORS = 2;

    private final String model;
    private final List<String> inputs = new ArrayList<>();
    private String output = "";

    KserveBackend(HttpExchange server, String model, int concurrency) {
        super(server, concurrency);
        this.model = model;
    }

    private String path() {
        return "v2/models/" + model;
    }

    @Override
    String identify(HttpExchange to) throws EmbeddingException {
        JsonNode metadata = json(to.get(path()).body(), to.toString());
        inputs.clear();
        metadata.path("inputs").forEach(input -> inputs.add(input.path("name").asText()));
        JsonNode outputs = metadata.path("outputs");
        if (!inputs.contains("input_ids") || !inputs.contains("attention_mask") || outputs.isEmpty()) {
            throw EmbeddingException.lasting(
                    "model '%s' of %s must take input_ids and attention_mask and have an output; it has inputs %s and outputs %s"
                            .formatted(model, to, inputs, outputs),
                    null);
        }
        JsonNode chosen = outputs.get(0);
        for (JsonNode each : outputs) {
            chosen = each.path("shape").size() == VECTORS ? each : chosen;
        }
        output = chosen.path("name").asText();
        JsonNode versions = metadata.path("versions");
        return "%s@%s/%s/%s/%s"
                .formatted(
                        model,
                        versions.isEmpty()
                                ? "unversioned"
                                : versions.get(versions.size() - 1).asText(),
                        chosen.path("datatype").asText("unknown").toLowerCase(java.util.Locale.ROOT),
                        metadata.path("platform").asText("kserve-v2"),
                        output);
    }

    @Override
    float[][] ask(HttpExchange to, int[][] tokens) throws EmbeddingException {
        PaddedBatch batch = PaddedBatch.of(tokens);
        int tensorBytes = batch.ids().length * Long.BYTES;
        ObjectNode request = MAPPER.createObjectNode();
        ArrayNode tensors = request.putArray("inputs");
        for (String input : inputs) {
            ObjectNode tensor = tensors.addObject().put("name", input).put("datatype", "INT64");
            tensor.putArray("shape").add(batch.texts()).add(batch.longest());
            tensor.putObject(PARAMETERS).put("binary_data_size", tensorBytes);
        }
        ObjectNode wanted = request.putArray("outputs").addObject().put("name", output);
        wanted.putObject(PARAMETERS).put("binary_data", true);
        byte[] header = bytes(request);
        ByteBuffer body =
                ByteBuffer.allocate(header.length + inputs.size() * tensorBytes).order(ByteOrder.LITTLE_ENDIAN);
        body.put(header);
        for (String input : inputs) {
            for (long value : tensor(input, batch)) {
                body.putLong(value);
            }
        }
        HttpResponse<byte[]> response = to.post(
                path() + "/infer",
                body.array(),
                "Content-Type",
                "application/octet-stream",
                HEADER_LENGTH,
                String.valueOf(header.length));
        return vectors(to, response, tokens, batch);
    }

    private static long[] tensor(String input, PaddedBatch batch) {
        return switch (input) {
            case "input_ids" -> batch.ids();
            case "attention_mask" -> batch.mask();
            default -> new long[batch.ids().length];
        };
    }

    private float[][] vectors(HttpExchange to, HttpResponse<byte[]> response, int[][] tokens, PaddedBatch batch)
            throws EmbeddingException {
        int headerLength =
                (int) response.headers().firstValueAsLong(HEADER_LENGTH).orElse(response.body().length);
        byte[] header = java.util.Arrays.copyOf(response.body(), headerLength);
        JsonNode answer = json(header, to.toString()).path("outputs").path(0);
        JsonNode shape = answer.path("shape");
        int dimensions = shape.path(shape.size() - 1).asInt();
        FloatBuffer numbers =
                numbers(answer, ByteBuffer.wrap(response.body(), headerLength, response.body().length - headerLength));
        boolean isPooled = shape.size() == VECTORS;
        int expected = (isPooled ? tokens.length : batch.ids().length) * dimensions;
        if (dimensions == 0 || numbers.remaining() != expected) {
            throw EmbeddingException.lasting(
                    "%s gave %d numbers of shape %s for %d texts"
                            .formatted(to, numbers.remaining(), shape, tokens.length),
                    null);
        }
        if (!isPooled) {
            return Pooling.mean(numbers, tokens, batch.longest(), dimensions);
        }
        float[][] vectors = new float[tokens.length][dimensions];
        for (float[] vector : vectors) {
            numbers.get(vector);
        }
        return vectors;
    }

    private static FloatBuffer numbers(JsonNode output, ByteBuffer binary) throws EmbeddingException {
        ByteBuffer bytes = binary.slice().order(ByteOrder.LITTLE_ENDIAN);
        String type = output.path("datatype").asText();
        switch (type) {
            case "FP32":
                return bytes.asFloatBuffer();
            case "FP16":
                FloatBuffer widened = FloatBuffer.allocate(bytes.remaining() / Short.BYTES);
                while (widened.hasRemaining()) {
                    widened.put(HalfPrecision.toFloat(bytes.getShort()));
                }
                return widened.flip();
            default:
                throw EmbeddingException.lasting(
                        "vectors of type '%s'; FP32 and FP16 can be read".formatted(type), null);
        }
    }
}
