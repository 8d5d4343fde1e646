/**
 * Retraining: who asks for it (alerts, a schedule, changes), what a request carries, and what it may cost. A trained model is never
 * promoted from here: every request says that a person must approve it.
 */
package io.tidemark.consumers.retraining;
