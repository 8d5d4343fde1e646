package io.tidemark.jobs.review;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.Review;
import io.tidemark.contracts.review.ReviewIds;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.source.RegistryFactory;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.SchemaRegistry;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Writes what the quota decided to the topic: reviews as they were proposed, and how many were over the quota. */
final class ReviewRecords extends RichMapFunction<Admission, OutputRecord> {

    private static final long serialVersionUID = 1L;

    /** Who counts: the source in the record. */
    private static final String SOURCE = "quota";

    private final RegistryFactory registry;
    private final String topic;
    private transient ReviewWriter writer;
    private transient AvroDeserializer<Review> reader;

    ReviewRecords(RegistryFactory registry, String topic) {
        this.registry = registry;
        this.topic = topic;
    }

    @Override
    public void open(OpenContext context) {
        SchemaRegistry connected = registry.connect();
        writer = new ReviewWriter(connected);
        reader = new AvroDeserializer<>(connected, Review.class);
    }

    @Override
    public OutputRecord map(Admission admission) {
        byte[] proposed = admission.proposal().review();
        Review review = reader.deserialize(TopicCatalogue.REVIEWS.name(), proposed);
        if (admission.overQuota() == 0) {
            return OutputRecord.of(topic, InferenceIds.kafkaKey(review.getTenant(), review.getTraceId()), proposed);
        }
        Review tally = tally(review, admission);
        return OutputRecord.of(topic, InferenceIds.kafkaKey(tally.getTenant(), ""), writer.bytes(tally));
    }

    static Review tally(Review example, Admission admission) {
        Instant hour = Instant.ofEpochMilli(admission.hourMillis());
        String what = SOURCE + '/' + hour + '/' + SliceKey.of(example.getSlice());
        return Review.newBuilder()
                .setReviewId(ReviewIds.reviewId(example.getTenant(), "", what, example.getReason()))
                .setTenant(example.getTenant())
                .setSlice(example.getSlice())
                .setReason(example.getReason())
                .setSource(SOURCE)
                .setEventTime(hour)
                .setObservedTime(hour.plusMillis(ReviewQuota.HOUR))
                .setDetail("%d more were proposed than the quota of the day allowed by the end of this hour"
                        .formatted(admission.overQuota()))
                .setOverQuota(admission.overQuota())
                .build();
    }
}
