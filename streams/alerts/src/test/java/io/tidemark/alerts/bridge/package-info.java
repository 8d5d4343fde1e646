/** The bridges against servers that speak what they deliver to, and against the real Alertmanager where it is installed. */
package io.tidemark.alerts.bridge;
