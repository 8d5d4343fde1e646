/** HTTP without knowledge of what is asked: requests, replies, routes, and the headers that every reply carries. */
package io.tidemark.console.http;
