package io.tidemark.gateway.trust;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Quotas of tenants, each a bucket of spans and one of bytes that hold two seconds' worth. A request is let in while both are above zero and
 * pays afterwards what it really held, so that a tenant over its quota is turned away before its body is read.
 */
public final class Quotas {

    private static final double BURST_SECONDS = 2;
    private static final double MILLIS = 1_000;

    private final Clock clock;
    private final ConcurrentHashMap<String, Account> accounts = new ConcurrentHashMap<>();

    public Quotas(Clock clock) {
        this.clock = clock;
    }

    /** How long the tenant has to wait; empty when it may send. */
    public Optional<Duration> wait(TenantAccess access) {
        return account(access).wait(access, clock.millis());
    }

    /** Takes what a request held. */
    public void pay(TenantAccess access, long spans, long bytes) {
        account(access).pay(access, clock.millis(), spans, bytes);
    }

    private Account account(TenantAccess access) {
        return accounts.computeIfAbsent(access.tenant(), tenant -> new Account(access, clock.millis()));
    }

    private static final class Account {
        private double spans;
        private double bytes;
        private long atMillis;

        Account(TenantAccess access, long nowMillis) {
            spans = BURST_SECONDS * access.spansPerSecond();
            bytes = BURST_SECONDS * access.bytesPerSecond();
            atMillis = nowMillis;
        }

        synchronized Optional<Duration> wait(TenantAccess access, long nowMillis) {
            fill(access, nowMillis);
            double seconds = Math.max(-spans / access.spansPerSecond(), -bytes / access.bytesPerSecond());
            return seconds < 0 ? Optional.empty() : Optional.of(Duration.ofMillis((long) (seconds * MILLIS) + 1));
        }

        synchronized void pay(TenantAccess access, long nowMillis, long moreSpans, long moreBytes) {
            fill(access, nowMillis);
            spans -= moreSpans;
            bytes -= moreBytes;
        }

        private void fill(TenantAccess access, long nowMillis) {
            double seconds = Math.max(0, nowMillis - atMillis) / MILLIS;
            atMillis = Math.max(atMillis, nowMillis);
            spans = Math.min(spans + seconds * access.spansPerSecond(), BURST_SECONDS * access.spansPerSecond());
            bytes = Math.min(bytes + seconds * access.bytesPerSecond(), BURST_SECONDS * access.bytesPerSecond());
        }
    }
}
