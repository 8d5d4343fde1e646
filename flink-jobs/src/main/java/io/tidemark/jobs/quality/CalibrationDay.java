package io.tidemark.jobs.quality;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * The stated confidences of one slice and day, when their labels of one age have had their time.
 *
 * @param slice text of the slice
 * @param dayMillis start of the day, milliseconds since the epoch
 * @param ageDays label age
 * @param coverage share of the units whose label is known
 * @param table a calibration table as bytes
 */
public record CalibrationDay(String slice, long dayMillis, int ageDays, double coverage, byte[] table) {

    /** Type information for Flink. */
    public static final TypeInformation<CalibrationDay> TYPE = TypeInformation.of(CalibrationDay.class);
}
