package io.tidemark.jobs.judging;

import io.tidemark.jobs.judging.judge.Judge;
import java.io.Serializable;

/** Makes a judge in the process that needs it. */
@FunctionalInterface
interface JudgeFactory extends Serializable {

    /** A judge that is not open yet. */
    Judge create();
}
