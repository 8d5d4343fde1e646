/**
 * The life of an alert as pure rules: pending, firing, resolved; silenced, explained by a parent, expired. Knows event time and no
 * clock, no Kafka. Every transition follows from the signals of one slice in their order, so a replay takes the same ones.
 */
package io.tidemark.alerts.lifecycle;
