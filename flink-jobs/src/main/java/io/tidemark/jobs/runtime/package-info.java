/**
 * What every job shares besides its source: the output record and the exactly-once sink, the Flink environment, recovery
 * from the last checkpoint, metrics. A class that knows a measure or a window does not belong here.
 */
package io.tidemark.jobs.runtime;
