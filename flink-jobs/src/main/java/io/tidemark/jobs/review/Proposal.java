package io.tidemark.jobs.review;

import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.Review;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.runtime.FlatType;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A request for a review that has not met its quota yet.
 *
 * @param queue slice and reason, which share a quota
 * @param tenant tenant, who may have a quota of its own
 * @param reviewId id; equal ones are one request
 * @param doubt how doubtful, in [0, 1]
 * @param millis time of the stream at which it arose, milliseconds since the epoch
 * @param review the record as it is written to the topic
 */
@SuppressWarnings("ArrayRecordComponent") // never changed once it is made
public record Proposal(String queue, String tenant, String reviewId, double doubt, long millis, byte[] review) {

    /** Type information for Flink. */
    public static final TypeInformation<Proposal> TYPE = new FlatType<>(Proposal.class, new ProposalSerializer());

    /** The most doubtful first; of equally doubtful ones the ids, which are hashes, decide. */
    static final Comparator<Proposal> ORDER =
            Comparator.comparingDouble(Proposal::doubt).reversed().thenComparing(Proposal::reviewId);

    /** Stands for a doubt that nobody has put a number on. */
    private static final double UNKNOWN_DOUBT = 0.5;

    private static final byte VERSION = 1;

    static Proposal of(Review review, long millis, byte[] bytes) {
        double doubt = review.getDoubt() == null ? UNKNOWN_DOUBT : review.getDoubt();
        String queue = SliceKey.of(review.getSlice()) + '\n' + review.getReason();
        return new Proposal(queue, review.getTenant(), review.getReviewId(), doubt, millis, bytes);
    }

    byte[] toBytes() {
        ByteWriter writer = new ByteWriter(review.length + 256);
        writer.writeByte(VERSION);
        writer.writeText(queue);
        writer.writeText(tenant);
        writer.writeText(reviewId);
        writer.writeDouble(doubt);
        writer.writeSigned(millis);
        writer.writeUnsigned(review.length);
        writer.writeBytes(review, 0, review.length);
        return writer.toByteArray();
    }

    static Proposal fromBytes(byte[] bytes) {
        ByteReader reader = new ByteReader().over(bytes, 0, bytes.length);
        int version = reader.readByte();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "proposal of a review has version %d; this release reads %d".formatted(version, VERSION));
        }
        String queue = reader.readText();
        String tenant = reader.readText();
        String reviewId = reader.readText();
        double doubt = Double.longBitsToDouble(reader.readLong());
        long millis = reader.readSigned();
        int length = (int) reader.readUnsigned();
        return new Proposal(
                queue,
                tenant,
                reviewId,
                doubt,
                millis,
                Arrays.copyOfRange(bytes, reader.position(), reader.position() + length));
    }
}
