package io.tidemark.jobs.judging.judge;

import java.util.List;

/** Something that says how good answers were. {@link #judge} is called by as many threads as {@link #concurrency()} says. */
public interface Judge extends AutoCloseable {

    /** Name, as in {@link Judges#NAMES}. */
    String name();

    /** What would have to change for scores not to be comparable: model, prompt template, rules. Known before it is open. */
    String version();

    /**
     * Gets ready: loads a model, or finds its server. May be called again after it failed.
     *
     * @throws JudgeException when it cannot work; {@link JudgeException#isWorthARetry()} says whether to try again
     */
    void open() throws JudgeException;

    /**
     * Judges samples, each by itself: what is said of one does not depend on the others.
     *
     * @param samples at least one, at most {@link #batchSize()}
     * @return as many judgements, in the same order
     * @throws JudgeException when there are none; nothing has been charged then
     */
    List<Judgement> judge(List<JudgeSample> samples) throws JudgeException;

    /** Most that a judgement of a sample may cost, in billionths of a US dollar. */
    long highestCostNanoUsd(JudgeSample sample);

    /** Most samples at once. */
    int batchSize();

    /** Calls at the same time, at least 1. */
    int concurrency();

    /** Gives back memory and connections. May be called twice, and without having been opened. */
    @Override
    void close();
}
