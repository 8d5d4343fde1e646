/**
 * Functions that Commons Numbers does not offer in the form the methods need: beta integrals and sums kept as
 * logarithms, exact enough for 1e12 events. Only functions that more than one method uses enter here.
 */
package io.tidemark.statistics.special;
