/** Alerts for people: what stands, what comes, silences, acknowledgements, and the signed words that consumers listen to. */
package io.tidemark.cli.alert;
