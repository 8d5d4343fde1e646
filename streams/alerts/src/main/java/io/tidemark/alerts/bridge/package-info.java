/**
 * From alerts to where people see them: the Alertmanager, and webhooks. A bridge is a plain consumer of alerts; what cannot be delivered
 * goes to the dead-letter topic. Start reading at {@link io.tidemark.alerts.bridge.BridgeProcess}.
 */
package io.tidemark.alerts.bridge;
