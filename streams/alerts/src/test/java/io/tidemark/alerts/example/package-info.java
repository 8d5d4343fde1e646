/** What the page {@code docs/alerts.md} shows, as code that is compiled and run. */
package io.tidemark.alerts.example;
