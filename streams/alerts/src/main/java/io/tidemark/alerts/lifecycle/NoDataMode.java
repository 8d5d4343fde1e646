package io.tidemark.alerts.lifecycle;

/** What a signal without data means for the alert of another rule. */
public enum NoDataMode {
    /** The alert stays as it is: no data is neither good nor bad. */
    KEEP,
    /** No data counts as the end of the breach. */
    RESOLVE,
    /** No data counts as a breach. */
    ALERT
}
