/** The log histogram: one fixed grid for every distribution of the platform, and exact counts on it. */
package io.tidemark.statistics.histogram;
