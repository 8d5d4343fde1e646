/** Which outcomes are measured, what values they may have, and the ids of outcomes. What is made of them is left to jobs. */
package io.tidemark.contracts.outcome;
