/** How the methods refuse bad input: one exception, one code for each reason, and the checks that raise it. */
package io.tidemark.statistics.error;
