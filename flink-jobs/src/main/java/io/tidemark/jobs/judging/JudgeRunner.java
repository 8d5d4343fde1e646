package io.tidemark.jobs.judging;

import io.tidemark.jobs.judging.judge.Judge;
import io.tidemark.jobs.judging.judge.JudgeException;
import io.tidemark.jobs.judging.judge.JudgeSample;
import io.tidemark.jobs.judging.judge.Judgement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a judge on threads of its own: gathers what waits into batches, and asks again after passing failures for as long as
 * a sample may wait. A judge that has been silent for longer than that is tried once a batch: nobody waits for it in vain.
 * What waits here is bounded by whoever hands samples over.
 */
final class JudgeRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JudgeRunner.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final long CLOSE_SECONDS = 5;
    private static final long NOT_FAILING = Long.MAX_VALUE;

    private record Waiting(JudgeSample sample, CompletableFuture<Judgement> result, long sinceMillis) {}

    private final Judge judge;
    private final Duration patience;
    private final Clock clock;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final ExecutorService threads;
    private final AtomicLong failingSince = new AtomicLong(NOT_FAILING);
    private final AtomicLong retries = new AtomicLong();
    private final Object opening = new Object();
    private boolean open;
    private volatile boolean closing;

    /** @param patience how long a sample waits for a judge that does not answer */
    JudgeRunner(Judge judge, Duration patience, Clock clock) {
        this.judge = judge;
        this.patience = patience;
        this.clock = clock;
        threads = Executors.newFixedThreadPool(judge.concurrency(), body -> {
            Thread thread = new Thread(body, "judge-" + judge.name());
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < judge.concurrency(); i++) {
            threads.execute(this::work);
        }
    }

    /** Hands a sample over; the result never fails. */
    CompletableFuture<Judgement> submit(JudgeSample sample) {
        CompletableFuture<Judgement> result = new CompletableFuture<>();
        queue.add(new Waiting(sample, result, clock.millis()));
        return result;
    }

    long retries() {
        return retries.get();
    }

    int waiting() {
        return queue.size();
    }

    private void work() {
        List<Waiting> batch = new ArrayList<>();
        try {
            while (!closing) {
                batch.add(queue.take());
                queue.drainTo(batch, judge.batchSize() - 1);
                settle(batch);
                batch.clear();
            }
        } catch (InterruptedException e) {
            LOG.debug("the judge {} is no longer asked", judge.name());
        }
    }

    private void settle(List<Waiting> batch) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (!batch.isEmpty()) {
            try {
                openOnce();
                List<Judgement> judgements =
                        judge.judge(batch.stream().map(Waiting::sample).toList());
                for (int i = 0; i < batch.size(); i++) {
                    batch.get(i).result().complete(judgements.get(i));
                }
                failingSince.set(NOT_FAILING);
                return;
            } catch (JudgeException e) {
                giveUp(batch, e);
            } catch (RuntimeException e) {
                LOG.error("the judge {} broke on {} samples", judge.name(), batch.size(), e);
                refuse(batch, Judgement.REFUSED_BY_JUDGE);
            }
            if (!batch.isEmpty()) {
                retries.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private void openOnce() throws JudgeException {
        synchronized (opening) {
            if (!open) {
                judge.open();
                open = true;
            }
        }
    }

    /** Gives up the samples that have waited long enough, or all when there is no hope. */
    private void giveUp(List<Waiting> batch, JudgeException failure) {
        if (!failure.isWorthARetry()) {
            LOG.warn("{} samples stay unjudged: {}", batch.size(), failure.getMessage());
            refuse(batch, Judgement.REFUSED_BY_JUDGE);
            return;
        }
        long now = clock.millis();
        long since = failingSince.accumulateAndGet(now, Math::min);
        boolean isDown = now - since > patience.toMillis();
        List<Waiting> left = batch.stream()
                .filter(each -> isDown || now - each.sinceMillis() > patience.toMillis())
                .toList();
        if (!left.isEmpty()) {
            LOG.warn("{} samples stay unjudged: {}", left.size(), failure.getMessage());
            batch.removeAll(left);
            refuse(new ArrayList<>(left), Judgement.JUDGE_DOWN);
        }
    }

    private static void refuse(List<Waiting> batch, String reason) {
        batch.forEach(each -> each.result().complete(Judgement.none(reason)));
        batch.clear();
    }

    /** Asks no more; what waits is left to whoever handed it over. */
    @Override
    public void close() {
        closing = true;
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the judge {} is still busy after {} s", judge.name(), CLOSE_SECONDS);
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        judge.close();
    }
}
