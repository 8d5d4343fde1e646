package io.tidemark.jobs.embedding.drift;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.distance.kernel.FourierContrast;
import io.tidemark.statistics.distance.kernel.FourierSums;
import io.tidemark.statistics.distance.kernel.HallBuckleyEagleson;
import io.tidemark.statistics.distance.kernel.RandomFourierFeatures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was learned of the texts in the time range of a baseline: sums of each cell, and for each tenant its topics and
 * distinct texts. Once frozen it takes no more texts.
 */
final class TextBaseline {

    /** Distinct texts that a tenant's topics and null law are learned from. */
    static final int TEXTS_KEPT = 2_000;

    private static final int NULL_LAW_TEXTS = 600;
    private static final int LEAST_TEXTS = 100;
    private static final int LEAST_TEXTS_A_TOPIC = 10;

    /** Share of the traffic whose move to one known topic is a move that counts. */
    private static final double SHARE_THAT_COUNTS = 0.05;

    private final String id;
    private final RandomFourierFeatures features;
    private final TextWindow texts;
    private final Map<Set<String>, HallBuckleyEagleson> nullLaws = new HashMap<>();
    private Map<String, Tenant> tenants = Map.of();
    private boolean frozen;

    /** Written once: a frozen baseline is the same in every checkpoint. */
    private byte[] frozenBytes;

    private record Tenant(TopicModel topics, long[] places, double effectLimit, double[] centroid) {}

    /**
     * Where a text lies in its tenant's baseline.
     *
     * @param topic its topic
     * @param places number of places, topics and outside
     * @param centroidDistance cosine distance to the mean of the baseline's texts
     */
    record Place(TopicModel.Place topic, int places, double centroidDistance) {}

    TextBaseline(String id, RandomFourierFeatures features) {
        this(id, features, new TextWindow(2 * features.features(), TEXTS_KEPT));
    }

    private TextBaseline(String id, RandomFourierFeatures features, TextWindow texts) {
        this.id = id;
        this.features = features;
        this.texts = texts;
    }

    String id() {
        return id;
    }

    TextWindow texts() {
        return texts;
    }

    boolean isFrozen() {
        return frozen;
    }

    /** Learns topics; after that the baseline stays as it is. */
    void freeze() {
        Map<String, Tenant> learned = new TreeMap<>();
        for (Map.Entry<String, List<TextSample>> tenant : samplesByTenant().entrySet()) {
            if (tenant.getValue().size() >= LEAST_TEXTS) {
                learned.put(tenant.getKey(), learn(tenant.getValue()));
            }
        }
        tenants = learned;
        frozen = true;
    }

    private Map<String, List<TextSample>> samplesByTenant() {
        Map<String, Reservoir> byTenant = new TreeMap<>();
        for (TextCell cell : texts.cells()) {
            Reservoir merged = byTenant.computeIfAbsent(cell.slice().getTenant(), unused -> new Reservoir(TEXTS_KEPT));
            cell.reservoir().samples().forEach(merged::add);
        }
        return byTenant.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        each -> List.copyOf(each.getValue().samples()),
                        (left, right) -> left,
                        TreeMap::new));
    }

    private Tenant learn(List<TextSample> samples) {
        TopicModel topics = TopicModel.fit(samples);
        FeatureSums[] sums = new FeatureSums[topics.places()];
        FeatureSums whole = new FeatureSums(2 * features.features());
        long[] places = new long[topics.places()];
        double[] centroid = new double[samples.get(0).vector().length];
        for (TextSample sample : samples) {
            int place = topics.place(sample.vector()).topic();
            if (sums[place] == null) {
                sums[place] = new FeatureSums(2 * features.features());
            }
            double[] mapped = features.map(sample.asDoubles());
            sums[place].add(mapped);
            whole.add(mapped);
            places[place]++;
            for (int i = 0; i < centroid.length; i++) {
                centroid[i] += sample.vector()[i];
            }
        }
        return new Tenant(topics, places, effectLimit(sums, whole.toFourierSums()), centroid);
    }

    /** Squared discrepancy of a small share of the traffic moving to one topic, a median over the topics. */
    private static double effectLimit(FeatureSums[] topics, FourierSums whole) {
        List<Double> discrepancies = new ArrayList<>();
        for (FeatureSums topic : topics) {
            if (topic != null && topic.count() >= LEAST_TEXTS_A_TOPIC) {
                discrepancies.add(new FourierContrast(whole.sums().length)
                        .add(1, topic.toFourierSums())
                        .add(-1, whole)
                        .discrepancy());
            }
        }
        discrepancies.sort(Comparator.naturalOrder());
        double median = discrepancies.isEmpty() ? 1 : discrepancies.get(discrepancies.size() / 2);
        return SHARE_THAT_COUNTS * SHARE_THAT_COUNTS * median;
    }

    /** Topics of a tenant; empty when it had too few texts. */
    Optional<TopicModel> topics(String tenant) {
        return Optional.ofNullable(tenants.get(tenant)).map(Tenant::topics);
    }

    /** Where a text of a tenant lies; empty when the tenant had too few texts. */
    Optional<Place> place(String tenant, float[] vector) {
        return Optional.ofNullable(tenants.get(tenant))
                .map(known -> new Place(
                        known.topics().place(vector),
                        known.topics().places(),
                        1 - cosine(known.centroid(), vector)));
    }

    /** The vector has length 1. */
    private static double cosine(double[] sum, float[] vector) {
        double product = 0;
        double squares = 0;
        for (int i = 0; i < sum.length; i++) {
            product += sum[i] * vector[i];
            squares += sum[i] * sum[i];
        }
        return product / Math.sqrt(squares);
    }

    /** Distinct texts of a tenant in each of its topics and outside. */
    long[] places(String tenant) {
        return tenants.get(tenant).places();
    }

    /** Whether enough is known of one of the tenants to test anything. */
    boolean knowsOneOf(Collection<String> names) {
        return names.stream().anyMatch(tenants::containsKey);
    }

    /** Effect from which a move counts, for a slice of these tenants: the median of theirs. */
    double effectLimit(Collection<String> names) {
        double[] limits = names.stream()
                .filter(tenants::containsKey)
                .mapToDouble(name -> tenants.get(name).effectLimit())
                .sorted()
                .toArray();
        return limits[limits.length / 2];
    }

    /** Null law of a slice of these tenants. */
    HallBuckleyEagleson nullLaw(Set<String> names) {
        return nullLaws.computeIfAbsent(Set.copyOf(names), unused -> {
            double[][] mapped = samplesByTenant().entrySet().stream()
                    .filter(tenant -> names.contains(tenant.getKey()))
                    .flatMap(tenant -> tenant.getValue().stream())
                    .sorted(Comparator.comparingLong(TextSample::textHash))
                    .limit(NULL_LAW_TEXTS)
                    .map(sample -> features.map(sample.asDoubles()))
                    .toArray(double[][]::new);
            return HallBuckleyEagleson.ofPairs(mapped);
        });
    }

    void write(ByteWriter writer) {
        if (frozenBytes != null) {
            writer.writeBytes(frozenBytes, 0, frozenBytes.length);
            return;
        }
        ByteWriter own = new ByteWriter();
        Reservoir.writeText(id, own);
        own.writeByte(frozen ? 1 : 0);
        texts.write(own);
        writer.writeAll(own);
        if (frozen) {
            frozenBytes = own.toByteArray();
        }
    }

    /** Topics are learned again: the same texts give the same ones. */
    static TextBaseline read(ByteReader reader, RandomFourierFeatures features) {
        String id = Reservoir.readText(reader);
        boolean wasFrozen = reader.readByte() == 1;
        TextBaseline read =
                new TextBaseline(id, features, TextWindow.read(reader, 2 * features.features(), TEXTS_KEPT));
        if (wasFrozen) {
            read.freeze();
        }
        return read;
    }
}
