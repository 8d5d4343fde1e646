package io.tidemark.sink.service;

import java.time.Duration;

/**
 * When a batch is full.
 *
 * @param rows rows of a batch, refused records included
 * @param bytes bytes of the columns of a batch
 * @param age time from the first record to the insert
 * @param bufferedBytes bytes of all batches in memory, above which nothing more is read
 * @param maximumFuture how far after its append time the event time of a trace may lie
 */
public record BatchLimits(int rows, long bytes, Duration age, long bufferedBytes, Duration maximumFuture) {}
