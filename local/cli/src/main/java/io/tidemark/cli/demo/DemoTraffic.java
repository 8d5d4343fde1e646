package io.tidemark.cli.demo;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.ingest.validation.BlankTrace;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Invented traffic of a chat assistant: three tenants, arrivals that follow the time of day. A candidate brings a new prompt
 * and a new retrieval index; the new index also serves a fifth of the rest, with the old prompt. From {@link #faultTime} on
 * the new prompt is bad: more errors and refusals, a later first token. The same settings give the same traces, byte for byte.
 *
 * @param seed start of the random numbers
 * @param start event time of the first trace, at the earliest
 * @param duration span of the event times
 * @param traces number of traces
 * @param candidateShare share of the requests that the candidate serves, in [0, 1]
 * @param faultTime when the new prompt turns bad
 */
public record DemoTraffic(
        long seed, Instant start, Duration duration, int traces, double candidateShare, Instant faultTime) {

    /** Version that served before: known good. */
    public static final VersionTuple CONTROL = version("support-v1", "index-41");

    /** Version with the new prompt, which turns bad, and the new index. */
    public static final VersionTuple CANDIDATE = version("support-v2", "index-42");

    /** Version with the new index only: it tells the two changes of the candidate apart. */
    static final VersionTuple NEW_INDEX = version("support-v1", "index-42");

    static final List<String> TENANTS = List.of("acme", "globex", "initech");

    private static final List<String> INTENTS =
            List.of("billing", "order_status", "returns", "small_talk", "technical");
    private static final List<String> REGIONS = List.of("eu-central", "us-east");
    private static final int TURNS = 6;
    private static final double NEW_INDEX_SHARE = 0.2;
    private static final double DAY_SWING = 0.4;
    private static final int BUSIEST_HOUR = 14;

    /** Enough halvings to reach the precision of a double. */
    private static final int BISECTIONS = 53;

    public DemoTraffic {
        Objects.requireNonNull(start, "start is null");
        Objects.requireNonNull(faultTime, "faultTime is null");
        require(duration.compareTo(Duration.ZERO) > 0, "duration", duration, "must be positive");
        require(traces >= 1, "traces", traces, "must be >= 1");
        require(candidateShare >= 0 && candidateShare <= 1, "candidateShare", candidateShare, "must lie in [0, 1]");
    }

    /** Traffic that ends at an instant, a fifth of it on the new prompt, which is bad in the second half. */
    public static DemoTraffic endingAt(Instant end, Duration duration, int traces, long seed) {
        return new DemoTraffic(seed, end.minus(duration), duration, traces, 0.2, end.minus(duration.dividedBy(2)));
    }

    /** The traces, ordered by event time. */
    public Stream<Trace> stream() {
        return LongStream.range(0, traces).mapToObj(number -> trace(number, true));
    }

    /**
     * One trace.
     *
     * @param number its position, from 0
     * @param isCandidateServing whether the candidate gets its share; otherwise the control has it
     */
    Trace trace(long number, boolean isCandidateServing) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        Trace trace = BlankTrace.create();
        Instant finished = eventTime(number);
        trace.setEventTime(finished);
        trace.setTenant(tenant(random));
        trace.setTraceId("demo-%d-%06d".formatted(seed, number));
        trace.setSpanId("llm");
        boolean candidate = random.nextDouble() < candidateShare && isCandidateServing;
        VersionTuple other = random.nextDouble() < NEW_INDEX_SHARE ? NEW_INDEX : CONTROL;
        trace.setVersion((candidate ? CANDIDATE : other).toAvro());
        trace.setRole(candidate ? TrafficRole.CANARY : TrafficRole.PRODUCTION);
        trace.setIntent(INTENTS.get(random.nextInt(INTENTS.size())));
        trace.setProvider("openai");
        trace.setProviderKeyId("key-" + (1 + random.nextInt(2)));
        trace.setRegion(REGIONS.get(random.nextInt(REGIONS.size())));
        trace.setSessionId("session-" + number / TURNS);
        trace.setTurn(1 + (int) (number % TURNS));
        boolean bad = candidate && !finished.isBefore(faultTime);
        new DemoCall(random, bad, load(finished)).fill(trace);
        trace.setInferenceId(InferenceIds.inferenceId(trace.getTenant(), trace.getTraceId(), trace.getSpanId()));
        return trace;
    }

    /** Arrivals lie at equal steps of the integral of the load, so that busy hours have more of them. */
    Instant eventTime(long number) {
        double wanted = (number + 0.5) / traces;
        double low = 0;
        double high = 1;
        double total = integral(1);
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (integral(middle) < wanted * total) {
                low = middle;
            } else {
                high = middle;
            }
        }
        long micros = (long) (low * duration.toNanos() / 1_000);
        return start.plus(micros, ChronoUnit.MICROS).truncatedTo(ChronoUnit.MICROS);
    }

    /** Integral of {@code 1 + swing * cos} from the start to a share of the duration, in days. */
    private double integral(double share) {
        double from = phase(start);
        double length = share * duration.toNanos() / Duration.ofDays(1).toNanos();
        double turns = 2 * Math.PI;
        return length + DAY_SWING / turns * (Math.sin(turns * (from + length)) - Math.sin(turns * from));
    }

    private static double load(Instant time) {
        return 1 + DAY_SWING * Math.cos(2 * Math.PI * phase(time));
    }

    /** Days since the busiest hour of the day. */
    private static double phase(Instant time) {
        double hours = time.atOffset(ZoneOffset.UTC).toLocalTime().toNanoOfDay()
                / (double) Duration.ofHours(1).toNanos();
        return (hours - BUSIEST_HOUR) / 24;
    }

    private static String tenant(SplittableRandom random) {
        double draw = random.nextDouble();
        return TENANTS.get(draw < 0.5 ? 0 : draw < 0.8 ? 1 : 2);
    }

    private static VersionTuple version(String prompt, String index) {
        return new VersionTuple("gpt-4o-mini", VersionTuple.NONE, prompt, "tools-3", index, "eval-118", "gateway-7");
    }

    private static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("%s = '%s' %s".formatted(name, value, rule));
        }
    }
}
