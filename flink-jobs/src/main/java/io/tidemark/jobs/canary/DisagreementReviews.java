package io.tidemark.jobs.canary;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.Review;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.review.ReviewIds;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.canary.pair.Disagreement;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.registry.AvroSerializer;
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

    private final AvroSerializer<Review> serializer;
    private final String topic;

    DisagreementReviews(SchemaRegistry registry, String run) {
        serializer = new AvroSerializer<>(registry, TopicCatalogue.REVIEWS);
        topic = TopicCatalogue.REVIEWS.nameInRun(run);
    }

    /** Writes a record for each disagreement that a pane names. */
    void write(RolloutPlan plan, PaneArms pane, long paneEndMillis, Consumer<OutputRecord> target) {
        pane.tenants.forEach((tenant, arms) -> arms.pairs().named().forEach(each -> {
            Review review = review(plan, tenant, each, paneEndMillis);
            target.accept(OutputRecord.of(
                    topic,
                    InferenceIds.kafkaKey(tenant, each.traceId()),
                    serializer.serialize(TopicCatalogue.REVIEWS.name(), review)));
        }));
    }

    private static Review review(RolloutPlan plan, String tenant, Disagreement about, long paneEndMillis) {
        String source = SOURCE + plan.releaseId();
        return Review.newBuilder()
                .setReviewId(ReviewIds.reviewId(tenant, about.traceId(), source, REASON))
                .setTenant(tenant)
                .setTraceId(about.traceId())
                .setSlice(SliceRef.newBuilder()
                        .setSliceLevel("tenant_version_intent")
                        .setTenant(tenant)
                        .setVersionId(plan.candidate().versionId())
                        .setVersion(plan.candidate().toAvro())
                        .setIntent(about.intent())
                        .setRole(TrafficRole.SHADOW)
                        .build())
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
