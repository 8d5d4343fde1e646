package io.tidemark.jobs.quality.measure;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.calibration.ForecastSums;
import io.tidemark.statistics.calibration.ReliabilityBins;
import java.util.Arrays;
import java.util.Map;

/**
 * Stated confidences and whether they came true, as the tests of calibration take them. Counted without weights: whether
 * confidences come true is asked of the forecasts that were seen.
 *
 * @param forecasts sums for Spiegelhalter's Z and the Brier score
 * @param bins fifteen bins of confidence
 */
public record CalibrationTable(ForecastSums forecasts, ReliabilityBins bins) {

    /** Nothing was stated. */
    public static final CalibrationTable EMPTY =
            new CalibrationTable(ForecastSums.EMPTY, ReliabilityBins.empty(ReliabilityBins.DEFAULT_BINS));

    private static final int VERSION = 1;

    /** The table of a cohort of {@link QualityMeasures#CALIBRATION}. */
    public static CalibrationTable of(Cohort cohort) {
        CalibrationTable table = EMPTY;
        for (Map.Entry<Integer, FixedSums> entry : cohort.bins().entrySet()) {
            double confidence = entry.getKey() / (double) Findings.RESOLUTION;
            long right = entry.getValue().ones();
            long wrong = entry.getValue().n() - right;
            table = table.plus(one(confidence, true), right).plus(one(confidence, false), wrong);
        }
        return table;
    }

    private static CalibrationTable one(double confidence, boolean isRight) {
        return new CalibrationTable(EMPTY.forecasts.plus(confidence, isRight), EMPTY.bins.plus(confidence, isRight));
    }

    private CalibrationTable plus(CalibrationTable one, long times) {
        ForecastSums sums = one.forecasts;
        return plus(new CalibrationTable(
                new ForecastSums(times, times * sums.squaredError(), times * sums.residual(), times * sums.variance()),
                new ReliabilityBins(
                        Arrays.stream(one.bins.counts())
                                .map(each -> each * times)
                                .toArray(),
                        Arrays.stream(one.bins.confidences())
                                .map(each -> each * times)
                                .toArray(),
                        Arrays.stream(one.bins.correct())
                                .map(each -> each * times)
                                .toArray())));
    }

    /** Both tables together. */
    public CalibrationTable plus(CalibrationTable other) {
        return new CalibrationTable(forecasts.merge(other.forecasts), bins.merge(other.bins));
    }

    /** For state. */
    public byte[] toBytes() {
        ByteWriter target = new ByteWriter(256);
        target.writeByte(VERSION);
        target.writeUnsigned(forecasts.count());
        target.writeDouble(forecasts.squaredError());
        target.writeDouble(forecasts.residual());
        target.writeDouble(forecasts.variance());
        target.writeUnsigned(bins.size());
        for (int bin = 0; bin < bins.size(); bin++) {
            target.writeUnsigned(bins.counts()[bin]);
            target.writeDouble(bins.confidences()[bin]);
            target.writeUnsigned(bins.correct()[bin]);
        }
        return target.toByteArray();
    }

    /** From state. */
    public static CalibrationTable fromBytes(byte[] bytes) {
        ByteReader source = new ByteReader().over(bytes, 0, bytes.length);
        int version = source.readByte();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "calibration table of version %d; this release reads %d".formatted(version, VERSION));
        }
        ForecastSums forecasts =
                new ForecastSums(source.readUnsigned(), readDouble(source), readDouble(source), readDouble(source));
        ReliabilityBins bins = ReliabilityBins.empty((int) source.readUnsigned());
        for (int bin = 0; bin < bins.size(); bin++) {
            bins.counts()[bin] = source.readUnsigned();
            bins.confidences()[bin] = readDouble(source);
            bins.correct()[bin] = source.readUnsigned();
        }
        return new CalibrationTable(forecasts, bins);
    }

    private static double readDouble(ByteReader source) {
        return Double.longBitsToDouble(source.readLong());
    }
}
