/** Who may send what: API keys, their tenants, and the quotas of these. */
package io.tidemark.gateway.trust;
