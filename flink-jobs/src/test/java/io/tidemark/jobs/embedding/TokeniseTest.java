package io.tidemark.jobs.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.trace.ProjectedTrace;
import io.tidemark.contracts.trace.TraceProjection;
import io.tidemark.jobs.embedding.backend.MiniLm;
import io.tidemark.jobs.embedding.tokenizer.WordPieceTokenizer;
import io.tidemark.jobs.sampling.SampleRate;
import io.tidemark.jobs.sampling.SampleSettings;
import io.tidemark.jobs.source.AdmittedTrace;
import io.tidemark.jobs.source.ChainedOnlySerializer;
import io.tidemark.jobs.source.FixedSchemas;
import io.tidemark.jobs.windows.Traces;
import io.tidemark.registry.WireFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class TokeniseTest {

    private static final int MEBIBYTE = 1 << 20;
    private static final SampleSettings ALL = new SampleSettings(new SampleRate(1, 0), Map.of(), Duration.ofHours(1));

    private final Map<String, Counter> counters = new HashMap<>();

    @Test
    void aPromptOfAMebibyteIsCutToWhatTheModelTakesAndCounted() throws Exception {
        List<TokenisedText> texts = tokenise("word ".repeat(MEBIBYTE / 5), "a short one");

        assertThat(texts).extracting(text -> text.prompt().length).containsExactly(MiniLm.MAXIMUM_TOKENS, 5);
        assertThat(counters.get("embedding_truncated").getCount()).isEqualTo(1);
        assertThat(counters.get("embedding_sampled").getCount()).isEqualTo(2);
    }

    @Test
    void aWordThatNeverEndsIsCutAndCounted() throws Exception {
        List<TokenisedText> texts = tokenise("x".repeat(MEBIBYTE), "\uD83D\uDE00".repeat(MEBIBYTE / 4));

        assertThat(texts).allMatch(text -> text.prompt().length <= MiniLm.MAXIMUM_TOKENS);
        assertThat(counters.get("embedding_truncated").getCount()).isEqualTo(2);
    }

    private List<TokenisedText> tokenise(String... prompts) throws Exception {
        try (var harness = harness()) {
            harness.open();
            for (int i = 0; i < prompts.length; i++) {
                harness.processElement(new StreamRecord<>(admitted(prompts[i], i)));
            }
            return harness.extractOutputValues();
        }
    }

    private OneInputStreamOperatorTestHarness<AdmittedTrace, TokenisedText> harness() throws Exception {
        Tokenise operator =
                new Tokenise(() -> new WordPieceTokenizer(MiniLm.vocabulary(), MiniLm.MAXIMUM_TOKENS), ALL, 60_000, 0);
        TestingMetricRegistry registry = TestingMetricRegistry.builder()
                .setRegisterConsumer((metric, name, group) -> {
                    if (metric instanceof Counter counter) {
                        counters.put(name, counter);
                    }
                })
                .build();
        var metrics = TaskManagerMetricGroup.createTaskManagerMetricGroup(registry, "host", ResourceID.generate())
                .addJob(new JobID(), "job")
                .addTask(ExecutionAttemptID.randomId(), "task");
        return new OneInputStreamOperatorTestHarness<>(
                operator,
                new ChainedOnlySerializer(),
                new MockEnvironmentBuilder().setMetricGroup(metrics).build());
    }

    private static AdmittedTrace admitted(String prompt, int number) throws Exception {
        Trace trace = Traces.of("tenant", "t" + number, 1_000);
        trace.setPromptText(prompt);
        byte[] bytes = FixedSchemas.serializer().serialize("traces", trace);
        AdmittedTrace admitted = new AdmittedTrace();
        ProjectedTrace target = admitted.trace();
        TraceProjection.compile(Trace.getClassSchema(), Set.of()).read(bytes, WireFormat.HEADER_BYTES, target);
        return admitted;
    }
}
