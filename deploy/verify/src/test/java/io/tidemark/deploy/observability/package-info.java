/** Dashboards, alerts of the platform's own health, and the pages that they name. */
package io.tidemark.deploy.observability;
