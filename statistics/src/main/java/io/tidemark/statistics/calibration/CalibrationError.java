package io.tidemark.statistics.calibration;

import io.tidemark.statistics.error.InputChecks;
import org.apache.commons.numbers.gamma.LogBeta;

/**
 * Expected calibration error (ECE): the mean gap between confidence and success over the bins, weighted with their
 * counts; in [0, 1].
 *
 * <p>{@code ECE = sum(n_b / n |acc_b - conf_b|)}. It is biased upwards: perfectly calibrated forecasts have a mean of
 * about 0.1 at 100 forecasts. Show it beside {@link #nullMean}, and test with {@link SpiegelhalterTest}.
 *
 * <p>M. P. Naeini, G. F. Cooper, M. Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI
 * 2015; C. Guo et al., "On calibration of modern neural networks", ICML 2017. Differs from the papers: given with its
 * mean under calibration.
 */
public final class CalibrationError implements CalibrationScore<ReliabilityBins> {

    @Override
    public String id() {
        return "ece";
    }

    @Override
    public double score(ReliabilityBins state) {
        requireForecasts(state);
        double sum = 0;
        for (int bin = 0; bin < state.size(); bin++) {
            sum += Math.abs(state.correct()[bin] - state.confidences()[bin]);
        }
        return sum / state.total();
    }

    /** Largest gap of a bin that holds a forecast, in [0, 1]; errors as {@link #score}. */
    public double maximum(ReliabilityBins state) {
        requireForecasts(state);
        double largest = 0;
        for (int bin = 0; bin < state.size(); bin++) {
            if (state.counts()[bin] > 0) {
                largest = Math.max(largest, Math.abs(state.gap(bin)));
            }
        }
        return largest;
    }

    /**
     * Mean of the score if these forecasts were calibrated: the mean absolute deviation of a binomial count in each bin,
     * at the mean confidence of the bin (A. De Moivre's formula); errors as {@link #score}.
     */
    public double nullMean(ReliabilityBins state) {
        requireForecasts(state);
        double sum = 0;
        for (int bin = 0; bin < state.size(); bin++) {
            if (state.counts()[bin] > 0) {
                sum += meanAbsoluteDeviation(state.counts()[bin], Math.min(1, state.meanConfidence(bin)));
            }
        }
        return sum / state.total();
    }

    /** {@code E|X - n p| = 2 k C(n, k) p^k (1-p)^(n-k+1)} for binomial X, {@code k = floor(n p) + 1}. */
    private static double meanAbsoluteDeviation(long n, double p) {
        double k = Math.floor(n * p) + 1;
        if (p == 0 || k > n) {
            return 0;
        }
        // k C(n, k) = 1 / B(k, n - k + 1)
        double logDensity = k * Math.log(p) + (n - k + 1) * Math.log1p(-p) - LogBeta.value(k, n - k + 1);
        return 2 * Math.exp(logDensity);
    }

    private static void requireForecasts(ReliabilityBins state) {
        InputChecks.atLeast("number of forecasts", state.total(), 1);
    }
}
