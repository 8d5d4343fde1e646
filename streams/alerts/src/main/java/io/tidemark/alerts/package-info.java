/**
 * Alerts: the process that keeps their lifecycle, its settings, and how both are wired. Start reading at {@link
 * io.tidemark.alerts.LifecycleProcess}; the rules themselves are in {@code lifecycle}.
 */
package io.tidemark.alerts;
