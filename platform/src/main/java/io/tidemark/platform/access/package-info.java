/** Who may ask: API keys of tenants, where they are kept as hashes, and how a request shows one. */
package io.tidemark.platform.access;
