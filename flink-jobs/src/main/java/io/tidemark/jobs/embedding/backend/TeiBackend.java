package io.tidemark.jobs.embedding.backend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Hugging Face Text Embeddings Inference: {@code POST /embed}. It gets token ids, marks of start and end included, which
 * it takes as they are.
 */
final class TeiBackend extends RemoteBackend {

    TeiBackend(HttpExchange server, int concurrency) {
        super(server, concurrency);
    }

    @Override
    String identify(HttpExchange to) throws EmbeddingException {
        JsonNode info = json(to.get("info").body(), to.toString());
        String model = info.path("model_id").asText("");
        if (model.isEmpty()) {
            throw EmbeddingException.lasting(to + "/info names no model_id; is it a TEI server?", null);
        }
        return "%s@%s/%s/tei/%s-l2"
                .formatted(
                        model,
                        info.path("model_sha").asText("unknown"),
                        info.path("model_dtype").asText("unknown"),
                        info.at("/model_type/embedding/pooling").asText("unknown"));
    }

    @Override
    float[][] ask(HttpExchange to, int[][] tokens) throws EmbeddingException {
        ObjectNode request = MAPPER.createObjectNode();
        ArrayNode inputs = request.putArray("inputs");
        for (int[] text : tokens) {
            ArrayNode ids = inputs.addArray();
            for (int id : text) {
                ids.add(id);
            }
        }
        request.put("normalize", true).put("truncate", false);
        JsonNode answer = json(
                to.post("embed", bytes(request), "Content-Type", "application/json")
                        .body(),
                to.toString());
        float[][] vectors = new float[answer.size()][];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = new float[answer.get(i).size()];
            for (int k = 0; k < vectors[i].length; k++) {
                vectors[i][k] = answer.get(i).get(k).floatValue();
            }
        }
        return vectors;
    }
}
