/** Identities of alerts: what the writer of an alert and everybody who checks one must compute in the same way. */
package io.tidemark.contracts.alert;
