package io.tidemark.jobs.review;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Review;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.SchemaRegistry;

/** Makes proposals from the records of the topic. */
public final class ReviewWriter {

    private final AvroSerializer<Review> serializer;

    /** A writer of the topic's schema. */
    public ReviewWriter(SchemaRegistry registry) {
        serializer = new AvroSerializer<>(registry, TopicCatalogue.REVIEWS);
    }

    /**
     * Proposes a review.
     *
     * @param millis time of the stream at which the doubt arose, milliseconds since the epoch
     */
    public Proposal propose(Review review, long millis) {
        return Proposal.of(review, millis, bytes(review));
    }

    /** The slice that a review is about, whose quota it takes. */
    public static SliceRef slice(String tenant, VersionTuple version, String intent, TrafficRole role) {
        return SliceRef.newBuilder()
                .setSliceLevel("tenant_version_intent")
                .setTenant(tenant)
                .setVersionId(version.versionId())
                .setVersion(version.toAvro())
                .setIntent(intent)
                .setRole(role)
                .build();
    }

    /** The record as it is written to the topic. */
    public byte[] bytes(Review review) {
        return serializer.serialize(TopicCatalogue.REVIEWS.name(), review);
    }
}
