package io.tidemark.jobs.embedding.drift;

import io.tidemark.jobs.drift.TextScores;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;

/** Sums of what texts scored, in fixed point as {@link FeatureSums}: the same whatever the order. */
final class ScoreSums {

    private static final double ONE = 0x1.0p40;

    private long placed;
    private long centroidDistance;
    private long topicDistance;
    private long topicMargin;
    private long answered;
    private long responseCosine;

    void addPlace(TextBaseline.Place place) {
        placed++;
        centroidDistance += Math.round(place.centroidDistance() * ONE);
        topicDistance += Math.round(place.topic().distance() * ONE);
        topicMargin += Math.round(place.topic().margin() * ONE);
    }

    /** @param cosine of prompt and response; NaN is passed over */
    void addResponse(double cosine) {
        if (!Double.isNaN(cosine)) {
            answered++;
            responseCosine += Math.round(cosine * ONE);
        }
    }

    void add(ScoreSums other) {
        placed += other.placed;
        centroidDistance += other.centroidDistance;
        topicDistance += other.topicDistance;
        topicMargin += other.topicMargin;
        answered += other.answered;
        responseCosine += other.responseCosine;
    }

    TextScores means() {
        return new TextScores(
                mean(centroidDistance, placed),
                mean(topicDistance, placed),
                mean(topicMargin, placed),
                mean(responseCosine, answered));
    }

    private static double mean(long sum, long count) {
        return count == 0 ? Double.NaN : sum / ONE / count;
    }

    void write(ByteWriter writer) {
        writer.writeUnsigned(placed);
        writer.writeSigned(centroidDistance);
        writer.writeSigned(topicDistance);
        writer.writeSigned(topicMargin);
        writer.writeUnsigned(answered);
        writer.writeSigned(responseCosine);
    }

    static ScoreSums read(ByteReader reader) {
        ScoreSums read = new ScoreSums();
        read.placed = reader.readUnsigned();
        read.centroidDistance = reader.readSigned();
        read.topicDistance = reader.readSigned();
        read.topicMargin = reader.readSigned();
        read.answered = reader.readUnsigned();
        read.responseCosine = reader.readSigned();
        return read;
    }
}
