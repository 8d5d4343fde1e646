package io.tidemark.jobs.embedding.golden;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.Review;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.review.ReviewIds;
import io.tidemark.jobs.review.ReviewWriter;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.source.RegistryFactory;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Asks people to look at the choices, and to write down what the right answer is. */
final class GoldenReviews extends RichMapFunction<GoldenChoice, OutputRecord> {

    /** Why: the reason in the record. */
    static final String REASON = "golden_candidate";

    private static final long serialVersionUID = 1L;
    private static final String SOURCE = "golden/embedding";

    private final RegistryFactory registry;
    private final String topic;
    private transient ReviewWriter writer;

    GoldenReviews(RegistryFactory registry, String topic) {
        this.registry = registry;
        this.topic = topic;
    }

    @Override
    public void open(OpenContext context) {
        writer = new ReviewWriter(registry.connect());
    }

    @Override
    public OutputRecord map(GoldenChoice choice) {
        byte[] key = InferenceIds.kafkaKey(choice.tenant(), choice.traceId());
        return OutputRecord.of(topic, key, writer.bytes(review(choice)));
    }

    static Review review(GoldenChoice choice) {
        return Review.newBuilder()
                .setReviewId(ReviewIds.reviewId(choice.tenant(), choice.traceId(), SOURCE, REASON))
                .setTenant(choice.tenant())
                .setTraceId(choice.traceId())
                .setSlice(SliceRef.newBuilder()
                        .setSliceLevel("tenant_intent")
                        .setTenant(choice.tenant())
                        .setIntent(choice.intent())
                        .build())
                .setReason(REASON)
                .setSource(SOURCE)
                .setEventTime(Instant.ofEpochMilli(choice.eventMillis()))
                .setObservedTime(Instant.ofEpochMilli(choice.weekEndMillis()))
                .setDoubt(Double.isNaN(choice.novelty()) ? null : choice.novelty())
                .setDetail(
                        "unlike the other prompts of its slice; one of %d of the week".formatted(choice.candidates()))
                .setAttributes(Map.of(
                        "rank", Integer.toString(choice.rank()), "text_hash", Long.toHexString(choice.textHash())))
                .build();
    }
}
