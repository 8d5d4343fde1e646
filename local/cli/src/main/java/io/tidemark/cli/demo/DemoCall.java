package io.tidemark.cli.demo;

import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.ResourceGauges;
import io.tidemark.contracts.avro.Span;
import io.tidemark.contracts.avro.SpanKind;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.ingest.validation.BlankTrace;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws how one call went. Durations and token counts are log-normal, as they are in recorded traffic. */
final class DemoCall {

    private static final double HEALTHY_ERROR_RATE = 0.005;
    private static final double BAD_ERROR_RATE = 0.06;
    private static final double HEALTHY_REFUSAL_RATE = 0.01;
    private static final double BAD_REFUSAL_RATE = 0.09;
    private static final double BAD_FIRST_TOKEN_FACTOR = 1.8;
    private static final double RETRIEVAL_RATE = 0.6;
    private static final double TOOL_RATE = 0.3;
    private static final double TOOL_ERROR_RATE = 0.02;

    /** Nano-USD a token: 0.15 and 0.60 US dollars a million. */
    private static final long INPUT_NANO_USD = 150;

    private static final long OUTPUT_NANO_USD = 600;

    private final SplittableRandom random;
    private final boolean bad;
    private final double load;

    /** @param load how busy the service is, about 1 */
    DemoCall(SplittableRandom random, boolean bad, double load) {
        this.random = random;
        this.bad = bad;
        this.load = load;
    }

    void fill(Trace trace) {
        long queue = logNormal(8_000 * load, 0.6);
        long prefill = logNormal(180_000 * (bad ? BAD_FIRST_TOKEN_FACTOR : 1), 0.35);
        long perToken = logNormal(12_000 * load, 0.2);
        boolean failed = happens(bad ? BAD_ERROR_RATE : HEALTHY_ERROR_RATE);
        tokens(trace, failed);
        trace.setQueueMicros(queue);
        long decode = 0;
        if (!failed) {
            decode = perToken * Math.max(0, trace.getOutputTokens() - 1);
            trace.setTtftMicros(queue + prefill);
            trace.setTimePerOutputTokenMicros(perToken);
        }
        outcome(trace, failed);
        resources(trace);
        spans(trace, queue, prefill, decode);
    }

    private void tokens(Trace trace, boolean failed) {
        long input = logNormal(700, 0.7);
        trace.setInputTokens(input);
        trace.setCachedTokens(happens(0.3) ? input / 2 : 0);
        if (!failed) {
            long output = logNormal(160, 0.6);
            trace.setOutputTokens(output);
            trace.setCostNanoUsd(input * INPUT_NANO_USD + output * OUTPUT_NANO_USD);
        }
    }

    private void outcome(Trace trace, boolean failed) {
        trace.setStatus(failed ? InferenceStatus.ERROR : InferenceStatus.OK);
        trace.setHttpStatus(failed ? 500 : 200);
        trace.setErrorClass(failed ? "upstream_error" : null);
        trace.setRefused(!failed && happens(bad ? BAD_REFUSAL_RATE : HEALTHY_REFUSAL_RATE));
        trace.setFinishReason(failed ? null : "stop");
        trace.setGuardrailBlocks(happens(0.004) ? 1 : 0);
        trace.setPiiHits(happens(0.01) ? 1 : 0);
        trace.setJailbreak(happens(0.0005));
        trace.setSchemaValid(failed ? null : (Boolean) happens(0.995));
        trace.setColdStart(happens(0.002));
        trace.setRetries(happens(0.02) ? 1 : 0);
        trace.setDegraded(false);
        trace.setCacheHit(happens(0.25));
        trace.setConfidence(failed ? null : (Double) (1 - 0.4 * random.nextDouble() * random.nextDouble()));
    }

    private void resources(Trace trace) {
        ResourceGauges gauges = new ResourceGauges();
        gauges.setQueueDepth(logNormal(3 * load, 0.5));
        gauges.setTokensInFlight(logNormal(4_000 * load, 0.4));
        gauges.setCpuUtilization(share(0.35));
        gauges.setGpuUtilization(share(0.6));
        gauges.setMemoryUtilization(share(0.5));
        gauges.setKvCacheUtilization(share(0.55));
        trace.setResources(gauges);
    }

    /** Steps one after another that end when the inference does; end to end is their sum. */
    private void spans(Trace trace, long queue, long prefill, long decode) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(SpanKind.GUARDRAIL, "input check", logNormal(6_000, 0.3), true));
        if (happens(RETRIEVAL_RATE)) {
            steps.add(new Step(SpanKind.RETRIEVAL, "search", logNormal(45_000, 0.4), true));
        }
        boolean tool = happens(TOOL_RATE);
        boolean toolFailed = tool && happens(TOOL_ERROR_RATE);
        if (tool) {
            steps.add(new Step(SpanKind.TOOL, "order lookup", logNormal(90_000, 0.5), !toolFailed));
        }
        trace.setToolCalls(tool ? 1 : 0);
        trace.setToolErrors(toolFailed ? 1 : 0);
        steps.add(new Step(SpanKind.QUEUE, "queue", queue, true));
        steps.add(new Step(SpanKind.PREFILL, "prefill", prefill, true));
        if (decode > 0) {
            steps.add(new Step(SpanKind.DECODE, "decode", decode, true));
        }
        long total = steps.stream().mapToLong(Step::micros).sum();
        trace.setEndToEndMicros(total);
        trace.setSpans(placed(steps, trace.getEventTime().minus(total, ChronoUnit.MICROS)));
    }

    private static List<Span> placed(List<Step> steps, Instant start) {
        List<Span> spans = new ArrayList<>();
        Instant next = start;
        for (Step step : steps) {
            Span span = BlankTrace.createSpan();
            span.setSpanId("s" + (spans.size() + 1));
            span.setKind(step.kind());
            span.setName(step.name());
            span.setStartTime(next);
            span.setDurationMicros(step.micros());
            span.setOk(step.ok());
            spans.add(span);
            next = next.plus(step.micros(), ChronoUnit.MICROS);
        }
        return spans;
    }

    private boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    /** A share near its usual value, higher under load, at most 1. */
    private double share(double usual) {
        return Math.min(1, usual * load * (0.8 + 0.4 * random.nextDouble()));
    }

    /** A whole number of at least 1 around a median; {@code spread} is the standard deviation of its logarithm. */
    private long logNormal(double median, double spread) {
        double uniform = 1 - random.nextDouble();
        double gaussian = Math.sqrt(-2 * Math.log(uniform)) * Math.cos(2 * Math.PI * random.nextDouble());
        return Math.max(1, Math.round(median * Math.exp(spread * gaussian)));
    }

    private record Step(SpanKind kind, String name, long micros, boolean ok) {}
}
