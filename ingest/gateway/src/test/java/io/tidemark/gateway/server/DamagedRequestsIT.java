package io.tidemark.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.tidemark.gateway.fuzz.Damage;
import io.tidemark.gateway.fuzz.Heap;
import io.tidemark.gateway.fuzz.Seed;
import io.tidemark.gateway.fuzz.Senders;
import io.tidemark.gateway.otlp.BodyDecoder.Encoding;
import io.tidemark.gateway.otlp.Signal;
import io.tidemark.stack.Topics;
import io.tidemark.testing.KafkaExtension;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Damaged requests to the real server, over HTTP and over gRPC. {@code -Dfuzz.requests=1000000} makes it the long run. */
class DamagedRequestsIT {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 2_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_121L);
    private static final int THREADS = 4;
    private static final long GROWTH_BYTES = 48L << 20;
    private static final Map<String, String> KEY = Map.of("x-api-key", TestGateway.KEY);
    private static final Map<Signal, String> PATHS =
            Map.of(Signal.TRACES, "/v1/traces", Signal.LOGS, "/v1/logs", Signal.METRICS, "/v1/metrics");

    private static TestGateway gateway;

    private final Map<String, Integer> answers = new ConcurrentHashMap<>();

    @BeforeAll
    static void start() {
        Topics.create(KAFKA.bootstrapServers(), "", 2);
        gateway = TestGateway.start(
                KAFKA.bootstrapServers(),
                KAFKA.registryUrl(),
                "--gateway.capture-content=true",
                "--gateway.spans-per-second=1000000000",
                "--gateway.bytes-per-second=1000000000000",
                "--gateway.maximum-age=P3650D");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void everyOneIsAnsweredAsTheProtocolWantsAndMemoryDoesNotGrow() throws Exception {
        List<Seed> seeds = Seed.all();
        Senders senders = new Senders(THREADS);
        senders.run(REQUESTS / 4, SEED - 1, (requests, random) -> sendSome(seeds, requests, random));
        long before = Heap.heldBytes();
        senders.run(REQUESTS - REQUESTS / 4, SEED, (requests, random) -> sendSome(seeds, requests, random));
        long growth = Heap.heldBytes() - before;
        System.out.printf(
                "%d damaged requests, heap grew by %d KiB, answers %s%n",
                REQUESTS, growth >> 10, new TreeMap<>(answers));
        assertThat(answers.keySet())
                .isSubsetOf(
                        "http 200",
                        "http 400",
                        "http 403",
                        "http 413",
                        "grpc OK",
                        "grpc INVALID_ARGUMENT",
                        "grpc PERMISSION_DENIED",
                        "grpc RESOURCE_EXHAUSTED");
        assertThat(answers.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(REQUESTS);
        assertThat(answers).containsKeys("http 200", "http 400", "grpc OK", "grpc INVALID_ARGUMENT");
        assertThat(growth).isLessThan(GROWTH_BYTES);
        assertThat(gateway.get("/readyz").statusCode()).isEqualTo(200);
    }

    private void sendSome(List<Seed> seeds, int requests, Random random) throws IOException, InterruptedException {
        try (GrpcClient grpc = GrpcClient.plain(gateway.gateway().grpcPort())) {
            for (int i = 0; i < requests; i++) {
                Seed seed = seeds.get(random.nextInt(seeds.size()));
                byte[] body = Damage.apply(seed.body(), random);
                boolean overGrpc =
                        seed.signal() == Signal.TRACES && seed.encoding() == Encoding.PROTOBUF && random.nextBoolean();
                String answer = overGrpc ? overGrpc(grpc, body) : overHttp(seed, body, random);
                answers.merge(answer, 1, Integer::sum);
            }
        }
    }

    private static String overGrpc(GrpcClient grpc, byte[] body) {
        Status.Code code = grpc.code(body, KEY);
        return "grpc " + code;
    }

    /** Some are damaged before they are compressed, some after. */
    private static String overHttp(Seed seed, byte[] damaged, Random random) throws IOException, InterruptedException {
        String path = random.nextInt(8) == 0 ? "/v1/inferences" : PATHS.get(seed.signal());
        boolean json = path.equals("/v1/inferences") || seed.encoding() == Encoding.JSON;
        String type = json ? "application/json" : "application/x-protobuf";
        HttpResponse<byte[]> answer =
                switch (random.nextInt(3)) {
                    case 0 -> gateway.post(path, type, damaged, "x-api-key", TestGateway.KEY);
                    case 1 -> zipped(path, type, TestGateway.gzip(damaged));
                    default -> zipped(path, type, Damage.apply(TestGateway.gzip(seed.body()), random));
                };
        return "http " + answer.statusCode();
    }

    private static HttpResponse<byte[]> zipped(String path, String type, byte[] body)
            throws IOException, InterruptedException {
        return gateway.post(path, type, body, "x-api-key", TestGateway.KEY, "content-encoding", "gzip");
    }
}
