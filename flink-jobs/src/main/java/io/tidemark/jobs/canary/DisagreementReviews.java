package io.tidemark.jobs.canary;

import io.tidemark.contracts.avro.Review;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.review.ReviewIds;
import io.tidemark.jobs.canary.pair.Disagreement;
import io.tidemark.jobs.review.Proposal;
import io.tidemark.jobs.review.ReviewWriter;
import io.tidemark.registry.SchemaRegistry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;

/** Asks people to look at pairs whose answers do not agree. */
final class DisagreementReviews {

    /** Why: the reason in the record. */
    static final String REASON = "shadow_disagreement";

    private static final String SOURCE = "shadow/";

    private final ReviewWriter writer;

    DisagreementReviews(SchemaRegistry registry) {
        writer = new ReviewWriter(registry);
    }

    /** Proposes a review for each disagreement that a pane names. */
    void propose(RolloutPlan plan, PaneArms pane, long paneEndMillis, Consumer<Proposal> target) {
        pane.tenants.forEach((tenant, arms) -> arms.pairs()
                .named()
                .forEach(each ->
                        target.accept(writer.propose(review(plan, tenant, each, paneEndMillis), paneEndMillis - 1))));
    }

    private static Review review(RolloutPlan plan, String tenant, Disagreement about, long paneEndMillis) {
        String source = SOURCE + plan.releaseId();
        return Review.newBuilder()
                .setReviewId(ReviewIds.reviewId(tenant, about.traceId(), source, REASON))
                .setTenant(tenant)
                .setTraceId(about.traceId())
                .setSlice(ReviewWriter.slice(tenant, plan.candidate(), about.intent(), TrafficRole.SHADOW))
                .setReason(REASON)
                .setSource(source)
                .setEventTime(Instant.EPOCH.plus(about.eventMicros(), ChronoUnit.MICROS))
                .setObservedTime(Instant.ofEpochMilli(paneEndMillis))
                .setDoubt(about.doubt())
                .setReleaseId(plan.releaseId())
                .setDetail("production and the shadow of release '%s' answered differently".formatted(plan.releaseId()))
                .setAttributes(Map.of("rule", about.rule().measure()))
                .build();
    }
}
