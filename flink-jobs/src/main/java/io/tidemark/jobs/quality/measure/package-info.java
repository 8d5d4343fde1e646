/**
 * What is measured of quality, and how: the list of measures, exact sums of cohorts, estimates from them. Pure: no Flink,
 * no Kafka. A measure is one line in {@link io.tidemark.jobs.quality.measure.QualityMeasures}.
 */
package io.tidemark.jobs.quality.measure;
