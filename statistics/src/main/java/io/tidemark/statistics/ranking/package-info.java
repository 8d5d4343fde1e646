/** How well a ranking puts first what is relevant, and how well a score separates two classes. */
package io.tidemark.statistics.ranking;
