package io.tidemark.jobs.embedding.drift;

import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.jobs.embedding.ScoredText;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.util.HashSet;
import java.util.Set;

/**
 * The texts of a cell in a window. Sums are kept twice, over all texts and over distinct ones: copies and retries belong to
 * the traffic, but they are no independent observations.
 */
final class TextCell {

    private final SliceRef slice;
    private final FeatureSums all;
    private final FeatureSums distinct;
    private final Set<Long> hashes = new HashSet<>();
    private final Reservoir reservoir;
    private final int most;
    private ScoreSums scores = new ScoreSums();
    private long[] places = {};
    private double weight;
    private long unscored;

    /** @param most distinct texts that are kept with their vectors */
    TextCell(SliceRef slice, int numbers, int most) {
        this(slice, new FeatureSums(numbers), new FeatureSums(numbers), new Reservoir(most), most);
    }

    private TextCell(SliceRef slice, FeatureSums all, FeatureSums distinct, Reservoir reservoir, int most) {
        this.slice = slice;
        this.all = all;
        this.distinct = distinct;
        this.reservoir = reservoir;
        this.most = most;
    }

    void addUnscored(ScoredText text) {
        weight += text.origin().weight();
        unscored++;
    }

    void add(ScoredText text, double[] mapped) {
        weight += text.origin().weight();
        scores.addResponse(text.responseCosine());
        all.add(mapped);
        if (hashes.add(text.textHash())) {
            distinct.add(mapped);
        }
        reservoir.add(new TextSample(
                text.textHash(), text.origin().traceId(), text.origin().intent(), text.vector()));
    }

    void addPlace(TextBaseline.Place place) {
        if (places.length != place.places()) {
            places = java.util.Arrays.copyOf(places, place.places());
        }
        places[place.topic().topic()]++;
        scores.addPlace(place);
    }

    ScoreSums scores() {
        return scores;
    }

    SliceRef slice() {
        return slice;
    }

    FeatureSums all() {
        return all;
    }

    FeatureSums distinct() {
        return distinct;
    }

    Reservoir reservoir() {
        return reservoir;
    }

    /** Texts in each topic and outside; empty before there are topics. */
    long[] places() {
        return places;
    }

    /** Inferences that the texts stand for, those without vectors included. */
    double weight() {
        return weight;
    }

    long unscored() {
        return unscored;
    }

    void write(ByteWriter writer) {
        SliceBytes.write(slice, writer);
        all.write(writer);
        distinct.write(writer);
        reservoir.write(writer);
        writer.writeUnsigned(hashes.size());
        hashes.forEach(writer::writeLong);
        writer.writeUnsigned(places.length);
        for (long count : places) {
            writer.writeUnsigned(count);
        }
        writer.writeDouble(weight);
        writer.writeUnsigned(unscored);
        scores.write(writer);
    }

    static TextCell read(ByteReader reader, int numbers, int most) {
        SliceRef slice = SliceBytes.read(reader);
        TextCell cell = new TextCell(
                slice,
                FeatureSums.read(reader, numbers),
                FeatureSums.read(reader, numbers),
                Reservoir.read(reader, most),
                most);
        long distinctTexts = reader.readUnsigned();
        for (long i = 0; i < distinctTexts; i++) {
            cell.hashes.add(reader.readLong());
        }
        cell.places = new long[(int) reader.readUnsigned()];
        for (int i = 0; i < cell.places.length; i++) {
            cell.places[i] = reader.readUnsigned();
        }
        cell.weight = Double.longBitsToDouble(reader.readLong());
        cell.unscored = reader.readUnsigned();
        cell.scores = ScoreSums.read(reader);
        return cell;
    }
}
