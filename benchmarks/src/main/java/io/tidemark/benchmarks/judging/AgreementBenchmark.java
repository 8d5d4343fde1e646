package io.tidemark.benchmarks.judging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.benchmarks.report.BenchmarkReport;
import io.tidemark.jobs.embedding.backend.EmbeddingBackends;
import io.tidemark.jobs.embedding.backend.EmbeddingBackends.BackendSettings;
import io.tidemark.jobs.judging.judge.Judge;
import io.tidemark.jobs.judging.judge.JudgeException;
import io.tidemark.jobs.judging.judge.JudgeSample;
import io.tidemark.jobs.judging.judge.JudgeSettings;
import io.tidemark.jobs.judging.judge.Judgement;
import io.tidemark.jobs.judging.judge.Judges;
import io.tidemark.jobs.judging.judge.Score;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Agreement and Cohen's kappa of the judges that come along with people: with the labels "hallucination" of HaluEval, and
 * with the majority of three annotators of PandaLM on which of two answers is better. Arguments: folder with
 * {@code halueval_general.jsonl.gz} and {@code pandalm_judgments.jsonl.gz}, how many lines of HaluEval there are for each one
 * that is taken (3: so it takes a few minutes on two cores), file of the report.
 */
public final class AgreementBenchmark {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int THREADS = 2;
    private static final int HALUEVAL_STEP = 3;

    private AgreementBenchmark() {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 1) {
            throw new IllegalArgumentException(
                    "name the folder with the labelled answers, for example ../shared/data/quality");
        }
        Path folder = Path.of(arguments[0]);
        int step = arguments.length > 1 ? Integer.parseInt(arguments[1]) : HALUEVAL_STEP;
        BenchmarkReport report = new BenchmarkReport("judge-agreement", Clock.systemUTC());
        BackendSettings backend =
                new BackendSettings(EmbeddingBackends.ONNX_CPU, true, "", "", Duration.ofSeconds(30), THREADS);
        JudgeSettings settings = new JudgeSettings(backend, null);
        try (Judge rules = Judges.create(Judges.RULES, settings);
                Judge embedding = Judges.create(Judges.EMBEDDING, settings)) {
            rules.open();
            embedding.open();
            preferences(lines(folder.resolve("pandalm_judgments.jsonl.gz"), 1), rules, embedding, report);
            hallucinations(lines(folder.resolve("halueval_general.jsonl.gz"), step), rules, embedding, report);
        }
        report.print(arguments.length > 2 ? arguments[2] : null);
    }

    /** Verdict 1: people, or a judge, find fault with the answer. */
    private static void hallucinations(List<JsonNode> rows, Judge rules, Judge embedding, BenchmarkReport report)
            throws JudgeException {
        List<JudgeSample> samples = rows.stream()
                .map(row -> JudgeSample.of(
                        row.get("user_query").asText(),
                        row.get("chatgpt_response").asText()))
                .toList();
        Comparison people = new Comparison(
                rows.stream()
                        .map(row -> row.get("hallucination").asText().equals("yes") ? 1 : 0)
                        .toList(),
                2);
        double[] form = scores(rules, samples);
        double[] relevance = scores(embedding, samples);
        report.with("halueval_answers", rows.size())
                .with(
                        "halueval_labelled_hallucination",
                        people.people().stream().filter(each -> each == 1).count())
                .with("halueval_every_answer_is_fine", people.fixed(i -> 0))
                .with("halueval_rules", people.fixed(i -> form[i] < 1 ? 1 : 0))
                .with(
                        "halueval_embedding",
                        people.chosen(relevance, threshold -> i -> relevance[i] < threshold ? 1 : 0));
    }

    /** Verdict 0: as good as each other; 1 or 2: that answer is better. */
    private static void preferences(List<JsonNode> rows, Judge rules, Judge embedding, BenchmarkReport report)
            throws JudgeException {
        List<JsonNode> decided = rows.stream().filter(row -> majority(row) >= 0).toList();
        Comparison people = new Comparison(
                decided.stream().map(AgreementBenchmark::majority).toList(), 3);
        double[] form = differences(rules, decided);
        double[] relevance = differences(embedding, decided);
        report.with("pandalm_pairs", rows.size())
                .with("pandalm_pairs_with_a_majority", decided.size())
                .with("pandalm_rules", people.fixed(i -> better(form[i], 0)))
                .with(
                        "pandalm_embedding",
                        people.chosen(absolute(relevance), margin -> i -> better(relevance[i], margin)))
                .with("pandalm_longer_answer", people.fixed(i -> better(longer(decided.get(i)), 0)))
                .with(
                        "pandalm_gpt35_as_published",
                        people.fixed(i -> decided.get(i).get("judge_gpt35").asInt()))
                .with(
                        "pandalm_pandalm7b_as_published",
                        people.fixed(i -> decided.get(i).get("judge_pandalm7b").asInt()))
                .with(
                        "pandalm_first_annotator",
                        people.fixed(i -> decided.get(i).get("annotator1").asInt()));
    }

    private static int majority(JsonNode row) {
        int first = row.get("annotator1").asInt();
        int second = row.get("annotator2").asInt();
        int third = row.get("annotator3").asInt();
        return first == second || first == third ? first : second == third ? second : -1;
    }

    private static int better(double difference, double margin) {
        return Math.abs(difference) <= margin ? 0 : difference > 0 ? 1 : 2;
    }

    private static double longer(JsonNode row) {
        return row.get("response1").asText().length()
                - row.get("response2").asText().length();
    }

    private static double[] differences(Judge judge, List<JsonNode> rows) throws JudgeException {
        double[] first =
                scores(judge, rows.stream().map(row -> answer(row, "response1")).toList());
        double[] second =
                scores(judge, rows.stream().map(row -> answer(row, "response2")).toList());
        for (int i = 0; i < first.length; i++) {
            first[i] -= second[i];
        }
        return first;
    }

    private static double[] absolute(double[] differences) {
        return java.util.Arrays.stream(differences).map(Math::abs).toArray();
    }

    private static JudgeSample answer(JsonNode row, String response) {
        String prompt =
                row.get("instruction").asText() + "\n" + row.get("input").asText();
        return JudgeSample.of(prompt, row.get(response).asText());
    }

    /** Mean of the scores of each sample; an answer without text is the worst there is. */
    private static double[] scores(Judge judge, List<JudgeSample> samples) throws JudgeException {
        double[] scores = new double[samples.size()];
        for (int from = 0; from < samples.size(); from += judge.batchSize()) {
            List<Judgement> judgements =
                    judge.judge(samples.subList(from, Math.min(samples.size(), from + judge.batchSize())));
            for (int i = 0; i < judgements.size(); i++) {
                scores[from + i] = judgements.get(i).scores().stream()
                        .mapToDouble(Score::value)
                        .average()
                        .orElse(0);
            }
        }
        return scores;
    }

    /** Every so many-th line, beginning with the first. */
    private static List<JsonNode> lines(Path file, int step) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (number++ % step == 0) {
                    rows.add(JSON.readTree(line));
                }
            }
        }
        return rows;
    }
}
