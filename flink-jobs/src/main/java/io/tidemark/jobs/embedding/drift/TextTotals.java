package io.tidemark.jobs.embedding.drift;

import io.tidemark.statistics.distance.kernel.FourierSums;

/** The texts of one sample; compared by identity, as a sample is itself only. */
final class TextTotals {

    private final FourierSums all;
    private final FourierSums distinct;
    private final double weight;

    TextTotals(FourierSums all, FourierSums distinct, double weight) {
        this.all = all;
        this.distinct = distinct;
        this.weight = weight;
    }

    static TextTotals of(TextCell cell) {
        return new TextTotals(cell.all().toFourierSums(), cell.distinct().toFourierSums(), cell.weight());
    }

    TextTotals plus(TextTotals other) {
        return new TextTotals(all.merge(other.all), distinct.merge(other.distinct), weight + other.weight);
    }

    FourierSums all() {
        return all;
    }

    FourierSums distinct() {
        return distinct;
    }

    /** Inferences that the texts stand for. */
    double weight() {
        return weight;
    }

    long count() {
        return all.count();
    }
}
