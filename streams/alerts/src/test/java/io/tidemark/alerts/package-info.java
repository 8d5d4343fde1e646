/** The alert lifecycle on a real broker, as a process of its own. */
package io.tidemark.alerts;
