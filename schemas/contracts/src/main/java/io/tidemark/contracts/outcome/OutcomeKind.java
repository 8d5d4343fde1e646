package io.tidemark.contracts.outcome;

/** How an outcome is read. */
public enum OutcomeKind {
    /** Yes or no: a value of 0 or 1, or one of the labels that {@link OutcomeCatalogue} knows. */
    RATE,
    /** A number in the range of its measure. */
    SCORE,
    /** The true class of a prediction. */
    CLASS,
    /** Relevance grades of a ranked list. */
    RANKING
}
