package io.tidemark.statistics.distance;

/**
 * Wasserstein-1 (earth mover's) distance of two samples, in the unit of the values: how far the mass has moved on
 * average. Domain: [0, infinity). It has no law that is free of the distribution; divide it by the interquartile range of
 * the baseline to compare measures.
 *
 * <p>{@code W1 = integral |F - G| dx} of the empirical distribution functions.
 *
 * <p>S. S. Vallender, "Calculation of the Wasserstein distance between probability distributions on the line", Theory
 * Probab. Appl. 18(4), 1974, doi:10.1137/1118101. Differs from the paper: nothing.
 */
public final class Wasserstein implements SampleDistance {

    @Override
    public String id() {
        return "wasserstein1";
    }

    @Override
    public double score(double[] baseline, double[] current) {
        return EmpiricalGap.integrate(baseline, current, Math::abs);
    }
}
