package io.tidemark.statistics.sequential;

/** Nodes and weights of Gauss-Legendre quadrature, by Newton's method on the Legendre polynomial. */
final class GaussLegendre {

    private static final int NEWTON_STEPS = 100;

    private final double[] nodes;
    private final double[] weights;

    private GaussLegendre(double[] nodes, double[] weights) {
        this.nodes = nodes;
        this.weights = weights;
    }

    /** The rule with {@code size} nodes on [0, length]. */
    static GaussLegendre on(double length, int size) {
        double[] nodes = new double[size];
        double[] weights = new double[size];
        for (int i = 0; i < size; i++) {
            double x = Math.cos(Math.PI * (i + 0.75) / (size + 0.5));
            double slope = 0;
            for (int step = 0; step < NEWTON_STEPS; step++) {
                double[] valueAndSlope = legendre(size, x);
                slope = valueAndSlope[1];
                double next = x - valueAndSlope[0] / slope;
                if (next == x) {
                    break;
                }
                x = next;
            }
            nodes[i] = length * (1 - x) / 2;
            weights[i] = length / ((1 - x * x) * slope * slope);
        }
        return new GaussLegendre(nodes, weights);
    }

    double node(int index) {
        return nodes[index];
    }

    double weight(int index) {
        return weights[index];
    }

    private static double[] legendre(int degree, double x) {
        double previous = 1;
        double value = x;
        for (int n = 2; n <= degree; n++) {
            double next = ((2 * n - 1) * x * value - (n - 1) * previous) / n;
            previous = value;
            value = next;
        }
        return new double[] {value, degree * (x * value - previous) / (x * x - 1)};
    }
}
