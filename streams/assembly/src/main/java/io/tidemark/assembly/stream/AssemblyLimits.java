package io.tidemark.assembly.stream;

import java.time.Duration;

/**
 * How long and how much the assembler waits. Times are those at which Kafka took the spans.
 *
 * @param patience longest wait for the spans of a trace, from its first
 * @param settle wait after the last span of a trace of which no parent is missing
 * @param remember how long a finished trace is remembered, for spans that come late
 * @param openSpans most spans that wait, in each partition; above it the oldest traces are finished early
 * @param rememberedTraces most finished traces that are remembered, in each partition
 * @param traceSpans most spans of a trace; more are dropped and counted
 */
public record AssemblyLimits(
        Duration patience, Duration settle, Duration remember, int openSpans, int rememberedTraces, int traceSpans) {}
