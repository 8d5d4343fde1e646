/** Whether stated confidences come true: scores with a law, from sums that merge. */
package io.tidemark.statistics.calibration;
