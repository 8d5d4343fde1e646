package io.tidemark.jobs.review;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** What one slice was proposed for one reason in one hour: the most doubtful ones, and how many there were. */
final class ReviewHour {

    private static final byte VERSION = 1;

    private final TreeSet<Proposal> kept = new TreeSet<>(Proposal.ORDER);
    private long dropped;

    /**
     * Takes a proposal.
     *
     * @param most proposals that are kept
     */
    void add(Proposal proposal, int most) {
        kept.add(proposal);
        if (kept.size() > most) {
            kept.pollLast();
            dropped++;
        }
    }

    /** The most doubtful ones, so many of them at most. */
    List<Proposal> best(long most) {
        return kept.stream().limit(most).toList();
    }

    /** All that there were: equal ones once, as far as they are kept. */
    long proposed() {
        return kept.size() + dropped;
    }

    /** Any of them. */
    Proposal example() {
        return kept.first();
    }

    byte[] toBytes() {
        ByteWriter writer = new ByteWriter();
        writer.writeByte(VERSION);
        writer.writeUnsigned(dropped);
        writer.writeUnsigned(kept.size());
        for (Proposal proposal : kept) {
            byte[] bytes = proposal.toBytes();
            writer.writeUnsigned(bytes.length);
            writer.writeBytes(bytes, 0, bytes.length);
        }
        return writer.toByteArray();
    }

    static ReviewHour fromBytes(byte[] bytes) {
        ReviewHour hour = new ReviewHour();
        if (bytes == null) {
            return hour;
        }
        ByteReader reader = new ByteReader().over(bytes, 0, bytes.length);
        int version = reader.readByte();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "proposed reviews have version %d; this release reads %d".formatted(version, VERSION));
        }
        hour.dropped = reader.readUnsigned();
        for (long left = reader.readUnsigned(); left > 0; left--) {
            int length = (int) reader.readUnsigned();
            hour.kept.add(Proposal.fromBytes(Arrays.copyOfRange(bytes, reader.position(), reader.position() + length)));
            reader.skip(length);
        }
        return hour;
    }
}
