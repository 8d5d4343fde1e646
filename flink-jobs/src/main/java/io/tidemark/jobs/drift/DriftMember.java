package io.tidemark.jobs.drift;

/**
 * A tenant's part of a slice that holds several tenants.
 *
 * @param tenant the tenant
 * @param n its observations in the window
 * @param baselineN its observations in what the window is compared with
 */
public record DriftMember(String tenant, long n, long baselineN) {}
