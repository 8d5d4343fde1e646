package io.tidemark.jobs.judging.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.jobs.embedding.backend.EmbeddingException;
import io.tidemark.jobs.embedding.backend.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A language model behind {@code POST /chat/completions}, as OpenAI, vLLM, llama.cpp, Ollama and most gateways serve it. It is
 * asked at temperature 0, one sample a request, so that a request that fails costs one sample.
 */
final class OpenAiJudge implements Judge {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A token is seldom less than two characters: what is reserved for a request is rather too much. */
    private static final int CHARACTERS_PER_TOKEN = 2;

    private final JudgeSettings.OpenAi settings;
    private final PromptTemplate template;
    private final HttpExchange server;

    OpenAiJudge(JudgeSettings.OpenAi settings) {
        this.settings = settings;
        template = PromptTemplate.load(settings.template());
        server = new HttpExchange(URI.create(settings.url()), settings.timeout());
    }

    @Override
    public String name() {
        return Judges.OPENAI;
    }

    @Override
    public String version() {
        return settings.model() + "/" + template.id();
    }

    @Override
    public void open() {}

    @Override
    public List<Judgement> judge(List<JudgeSample> samples) throws JudgeException {
        List<Judgement> judgements = new ArrayList<>();
        for (JudgeSample sample : samples) {
            judgements.add(judge(sample));
        }
        return judgements;
    }

    private Judgement judge(JudgeSample sample) throws JudgeException {
        if (!sample.unjudgeable().isEmpty()) {
            return Judgement.none(sample.unjudgeable());
        }
        if (template.needsContext() && sample.context().isBlank()) {
            return Judgement.none(Judgement.NO_CONTEXT);
        }
        JsonNode answer = ask(sample);
        long cost = cost(answer.path("usage"));
        String text = answer.at("/choices/0/message/content").asText("");
        List<Score> scores = JudgeAnswer.scores(text, template.scores());
        return scores.isEmpty() ? new Judgement(List.of(), Judgement.NONSENSE, cost) : new Judgement(scores, "", cost);
    }

    private JsonNode ask(JudgeSample sample) throws JudgeException {
        ObjectNode request = JSON.createObjectNode()
                .put("model", settings.model())
                .put("temperature", 0)
                .put("max_tokens", template.answerTokens());
        ArrayNode messages = request.putArray("messages");
        messages.addObject().put("role", "system").put("content", template.system());
        messages.addObject().put("role", "user").put("content", template.fill(sample));
        try {
            byte[] body = JSON.writeValueAsBytes(request);
            return JSON.readTree(
                    server.post("chat/completions", body, headers()).body());
        } catch (EmbeddingException e) {
            throw new JudgeException(e.getMessage(), e, e.isWorthARetry());
        } catch (JsonProcessingException e) {
            throw new JudgeException("%s did not answer with JSON".formatted(server), e, false);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    private String[] headers() {
        return settings.apiKey().isEmpty()
                ? new String[] {"Content-Type", "application/json"}
                : new String[] {"Content-Type", "application/json", "Authorization", "Bearer " + settings.apiKey()};
    }

    private long cost(JsonNode usage) {
        JsonNode read = usage.path("prompt_tokens");
        JsonNode written = usage.path("completion_tokens");
        return read.canConvertToLong() && written.canConvertToLong()
                ? price(read.longValue(), written.longValue())
                : Judgement.UNKNOWN_COST;
    }

    private long price(long read, long written) {
        return Math.round(read * settings.inputNanoUsdPerToken() + written * settings.outputNanoUsdPerToken());
    }

    @Override
    public long highestCostNanoUsd(JudgeSample sample) {
        if (!sample.unjudgeable().isEmpty()) {
            return 0;
        }
        return price(template.characters(sample) / CHARACTERS_PER_TOKEN, template.answerTokens());
    }

    @Override
    public int batchSize() {
        return 1;
    }

    @Override
    public int concurrency() {
        return settings.concurrency();
    }

    @Override
    public void close() {}
}
