/** The fixed statements that the console asks ClickHouse, what their parameters may be, and how they are asked. No other SQL leaves the console. */
package io.tidemark.console.query;
