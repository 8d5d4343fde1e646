package io.tidemark.statistics.special;

import static io.tidemark.statistics.error.InputChecks.positive;
import static io.tidemark.statistics.error.InputChecks.strictlyBetween;

import org.apache.commons.numbers.gamma.LogGamma;

/**
 * Beta integrals divided by the power term {@code p^a (1-p)^b}, as natural logarithms. In a likelihood ratio the power
 * term always cancels the bulk of the integral: at 1e12 events both are about -1e12 and their difference about 10, so
 * that subtracting two logarithms would leave no correct digit. Here the bulk never appears.
 *
 * <p>C. Loader, "Fast and Accurate Computation of Binomial Probabilities", 2000 (deviance form); W. Lentz, "Generating
 * Bessel functions in Mie scattering calculations using continued fractions", Appl. Opt. 15(3), 1976,
 * doi:10.1364/AO.15.000668. Differs from the papers: the parameters need not be whole, and the residual
 * {@code a - (a+b)p} is formed with one rounding.
 *
 * <p>Domain of every function: {@code a > 0}, {@code b > 0}, {@code p} in (0, 1); anything else is refused with
 * OUT_OF_RANGE or NON_FINITE_INPUT. Error under 1e-9 up to 1e12 events.
 */
public final class LogBeta {

    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);
    private static final double SERIES_FROM = 16;
    private static final double NEAR = 0.1;

    private LogBeta() {}

    /** {@code ln[ B(a,b) / (p^a (1-p)^b) ]}. */
    public static double complete(double a, double b, double p) {
        requireDomain(a, b, p);
        double total = a + b;
        double residual = Math.fma(-total, p, a);
        double deviance = deviance(a, total * p, residual) + deviance(b, total * (1 - p), -residual);
        double scale = (LOG_TWO_PI + Math.log(total / a) - Math.log(b)) / 2;
        return deviance + scale + stirlingError(a) + stirlingError(b) - stirlingError(total);
    }

    /** {@code ln[ integral from 0 to p of t^(a-1) (1-t)^(b-1) dt / (p^a (1-p)^b) ]}. */
    public static double lower(double a, double b, double p) {
        requireDomain(a, b, p);
        if (p <= (a + 1) / (a + b + 2)) {
            return Math.log(BetaFraction.value(a, b, p)) - Math.log(a);
        }
        double complete = complete(a, b, p);
        double upper = Math.log(BetaFraction.value(b, a, 1 - p)) - Math.log(b);
        return complete + Math.log(-Math.expm1(Math.min(0, upper - complete)));
    }

    /** {@code ln[ integral from p to 1 of t^(a-1) (1-t)^(b-1) dt / (p^a (1-p)^b) ]}. */
    public static double upper(double a, double b, double p) {
        requireDomain(a, b, p);
        if (p > (a + 1) / (a + b + 2)) {
            return Math.log(BetaFraction.value(b, a, 1 - p)) - Math.log(b);
        }
        double complete = complete(a, b, p);
        double lower = Math.log(BetaFraction.value(a, b, p)) - Math.log(a);
        return complete + Math.log(-Math.expm1(Math.min(0, lower - complete)));
    }

    private static void requireDomain(double a, double b, double p) {
        positive("a", a);
        positive("b", b);
        strictlyBetween("p", p, 0, 1);
    }

    /** {@code x ln(x/mean) + mean - x} where the residual {@code x - mean} is known exactly. */
    private static double deviance(double x, double mean, double residual) {
        if (Math.abs(residual) >= NEAR * (x + mean)) {
            return x * Math.log(x / mean) - residual;
        }
        double ratio = residual / (x + mean);
        double sum = residual * ratio;
        double term = 2 * x * ratio;
        for (int odd = 3; ; odd += 2) {
            term *= ratio * ratio;
            double next = sum + term / odd;
            if (next == sum) {
                return sum;
            }
            sum = next;
        }
    }

    /** What Stirling's formula leaves out of {@code ln Gamma(x)}. */
    private static double stirlingError(double x) {
        if (x < SERIES_FROM) {
            return LogGamma.value(x) - ((x - 0.5) * Math.log(x) - x + LOG_TWO_PI / 2);
        }
        double inverse = 1 / x;
        double square = inverse * inverse;
        return inverse
                * (1 / 12.0
                        - square
                                * (1 / 360.0
                                        - square
                                                * (1 / 1260.0
                                                        - square
                                                                * (1 / 1680.0
                                                                        - square
                                                                                * (1 / 1188.0
                                                                                        - square
                                                                                                * (691 / 360360.0))))));
    }
}
