/** What the page {@code docs/producing.md} shows, as code that is compiled and run. */
package io.tidemark.client.example;
