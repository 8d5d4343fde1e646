package io.tidemark.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.gateway.fuzz.Damage;
import io.tidemark.gateway.fuzz.Heap;
import io.tidemark.gateway.fuzz.Seed;
import io.tidemark.gateway.fuzz.Senders;
import io.tidemark.gateway.inference.InferenceBody;
import io.tidemark.gateway.mapping.MappingTable;
import io.tidemark.gateway.otlp.BodyDecoder.Encoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Recorded bodies, damaged at random. Each is taken or refused with one of the known reasons; anything else that is thrown fails the test, and so
 * does a body that takes longer than a second of processor time, and memory that grows. {@code -Dfuzz.inputs=1000000} makes it the long run.
 */
class DamagedBodiesTest {

    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 30_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_121L);
    private static final int THREADS = 2;
    private static final long LONGEST_NANOS = 1_000_000_000L;
    private static final long GROWTH_BYTES = 32L << 20;

    private final BodyDecoder decoder = new BodyDecoder(
            MappingTable.load(),
            BodyLimits.DEFAULT,
            TextPolicy.withContent(),
            TimeWindow.unlimited(),
            Clock.systemUTC());
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong longestNanos = new AtomicLong();
    private final InferenceBody inferences =
            new InferenceBody(BodyLimits.DEFAULT, TextPolicy.withContent(), TimeWindow.unlimited());

    @Test
    void aDamagedBodyIsTakenOrRefusedAndNothingElse() throws Exception {
        List<Seed> seeds = Seed.all();
        Senders senders = new Senders(THREADS);
        senders.run(INPUTS / 4, SEED - 1, (inputs, random) -> decodeSome(seeds, inputs, random));
        long before = Heap.heldBytes();
        senders.run(INPUTS - INPUTS / 4, SEED, (inputs, random) -> decodeSome(seeds, inputs, random));
        long growth = Heap.heldBytes() - before;
        System.out.printf(
                "%d damaged bodies, %d refused, longest %.1f ms, heap grew by %d KiB%n",
                INPUTS, refused.get(), longestNanos.get() / 1e6, growth >> 10);
        assertThat(refused.get()).isBetween(INPUTS / 10, INPUTS);
        assertThat(longestNanos.get()).isLessThan(LONGEST_NANOS);
        assertThat(growth).isLessThan(GROWTH_BYTES);
    }

    private void decodeSome(List<Seed> seeds, int inputs, Random random) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int i = 0; i < inputs; i++) {
            Seed seed = seeds.get(random.nextInt(seeds.size()));
            byte[] body = Damage.apply(seed.body(), random);
            long before = threads.getCurrentThreadCpuTime();
            refused.addAndGet(isRefused(seed, body, random.nextInt(8) == 0) ? 1 : 0);
            longestNanos.accumulateAndGet(threads.getCurrentThreadCpuTime() - before, Math::max);
        }
    }

    @Test
    void deepNestingIsRefused() {
        String json =
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"attributes\":[{\"key\":\"gen_ai.input.messages\",\"value\":"
                        + "{\"arrayValue\":{\"values\":[".repeat(5_000);
        Seed seed = new Seed(Signal.TRACES, Encoding.JSON, json.getBytes(StandardCharsets.UTF_8));
        assertThat(isRefused(seed, seed.body(), false)).isTrue();
        byte[] value = {};
        for (int i = 0; i < 100_000 && value.length < 1_000_000; i += 1) {
            value = message(5, message(1, value));
            if (i > 2_000) {
                break;
            }
        }
        byte[] attribute =
                concat(message(1, "gen_ai.input.messages".getBytes(StandardCharsets.UTF_8)), message(2, value));
        byte[] body = message(1, message(2, message(2, message(9, attribute))));
        assertThat(isRefused(new Seed(Signal.TRACES, Encoding.PROTOBUF, body), body, false))
                .isTrue();
    }

    @Test
    void hugeCountsAreRefused() {
        byte[] spans = new byte[4 * 20_000];
        for (int i = 0; i < 20_000; i++) {
            spans[2 * i] = 0x12;
        }
        byte[] body = message(1, message(2, Arrays.copyOf(spans, 40_000)));
        assertThat(isRefused(new Seed(Signal.TRACES, Encoding.PROTOBUF, body), body, false))
                .isTrue();
        byte[] values = new byte[4_000_000];
        for (int i = 0; i < values.length; i += 2) {
            values[i] = 0x0A;
        }
        byte[] attribute = concat(
                message(1, "gen_ai.response.finish_reasons".getBytes(StandardCharsets.UTF_8)),
                message(2, message(5, values)));
        byte[] many = message(1, message(2, message(2, message(9, attribute))));
        assertThat(isRefused(new Seed(Signal.TRACES, Encoding.PROTOBUF, many), many, false))
                .isTrue();
    }

    @Test
    void aBombIsCutOff() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                zip.write(zeros);
            }
        }
        assertThat(bomb.size()).isLessThan(1 << 20);
        assertThat(isRefusedAfterInflation(bomb.toByteArray())).isTrue();
    }

    private boolean isRefused(Seed seed, byte[] body, boolean asInference) {
        try {
            if (asInference) {
                inferences.decode(body, "tenant");
            } else {
                decoder.decode(seed.signal(), seed.encoding(), body, TenantRule.claimedOr("tenant"), null);
            }
            return false;
        } catch (MalformedBodyException | BodyTooLargeException | TenantMismatchException e) {
            return true;
        }
    }

    private static boolean isRefusedAfterInflation(byte[] body) {
        try {
            Inflation.gunzip(body, BodyLimits.DEFAULT.decompressedBytes());
            return false;
        } catch (MalformedBodyException | BodyTooLargeException e) {
            return true;
        }
    }

    private static byte[] message(int field, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(field << 3 | 2);
        int length = content.length;
        while (length > 0x7F) {
            bytes.write(length & 0x7F | 0x80);
            length >>>= 7;
        }
        bytes.write(length);
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
