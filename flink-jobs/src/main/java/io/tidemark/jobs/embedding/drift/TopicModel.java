package io.tidemark.jobs.embedding.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * The topics of a tenant's baseline: centroids of its texts, and the radius beyond which a text belongs to none.
 *
 * <p>D. Arthur, S. Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007; S. Lloyd, "Least squares
 * quantization in PCM", IEEE Trans. Inf. Theory 28, 1982. Differs from the papers: one start, of a fixed seed, so that the
 * same texts give the same topics; a fifth of the texts is left out of the fit and measures the radius.
 */
final class TopicModel {

    /** Topic of a text that is farther from every centroid than 99 % of the baseline's own texts. */
    static final String OUTSIDE = "outside all topics";

    private static final int TOPICS = 32;
    private static final int LEAST_TEXTS_A_TOPIC = 10;
    private static final int ROUNDS = 15;
    private static final int HELD_OUT = 5;
    private static final double RADIUS_SHARE = 0.99;
    private static final long SEED = 20_261_121;

    private final float[][] centroids;
    private final String[] names;
    private final double squaredRadius;

    private TopicModel(float[][] centroids, String[] names, double squaredRadius) {
        this.centroids = centroids;
        this.names = names;
        this.squaredRadius = squaredRadius;
    }

    /** Fits the topics of distinct texts, at least {@link #HELD_OUT}. */
    static TopicModel fit(Collection<TextSample> texts) {
        List<TextSample> fitted = new ArrayList<>();
        List<TextSample> heldOut = new ArrayList<>();
        int index = 0;
        for (TextSample text : texts) {
            (index++ % HELD_OUT == 0 ? heldOut : fitted).add(text);
        }
        int topics = Math.max(1, Math.min(TOPICS, fitted.size() / LEAST_TEXTS_A_TOPIC));
        float[][] centroids = seeds(fitted, topics);
        int[] nearest = new int[fitted.size()];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < nearest.length; i++) {
                nearest[i] = nearest(centroids, fitted.get(i).vector());
            }
            move(centroids, fitted, nearest);
        }
        double[] distances = heldOut.stream()
                .mapToDouble(text -> squaredDistance(centroids[nearest(centroids, text.vector())], text.vector()))
                .sorted()
                .toArray();
        double radius = distances[(int) Math.min(distances.length - 1, Math.floor(RADIUS_SHARE * distances.length))];
        return new TopicModel(centroids, names(fitted, nearest, topics), radius);
    }

    private static float[][] seeds(List<TextSample> texts, int topics) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(SEED);
        float[][] seeds = new float[topics][];
        double[] distances = new double[texts.size()];
        Arrays.fill(distances, Double.MAX_VALUE);
        int chosen = random.nextInt(texts.size());
        for (int topic = 0; topic < topics; topic++) {
            seeds[topic] = texts.get(chosen).vector().clone();
            double total = 0;
            for (int i = 0; i < distances.length; i++) {
                distances[i] = Math.min(
                        distances[i], squaredDistance(seeds[topic], texts.get(i).vector()));
                total += distances[i];
            }
            double left = random.nextDouble() * total;
            for (chosen = 0; chosen < distances.length - 1 && left >= distances[chosen]; chosen++) {
                left -= distances[chosen];
            }
        }
        return seeds;
    }

    private static void move(float[][] centroids, List<TextSample> texts, int[] nearest) {
        double[][] sums = new double[centroids.length][centroids[0].length];
        int[] counts = new int[centroids.length];
        for (int i = 0; i < nearest.length; i++) {
            float[] vector = texts.get(i).vector();
            double[] sum = sums[nearest[i]];
            counts[nearest[i]]++;
            for (int k = 0; k < sum.length; k++) {
                sum[k] += vector[k];
            }
        }
        for (int topic = 0; topic < centroids.length; topic++) {
            for (int k = 0; counts[topic] > 0 && k < sums[topic].length; k++) {
                centroids[topic][k] = (float) (sums[topic][k] / counts[topic]);
            }
        }
    }

    /** A topic is called by its number and the intent that most of its texts have. */
    private static String[] names(List<TextSample> texts, int[] nearest, int topics) {
        List<Map<String, Integer>> intents = new ArrayList<>();
        for (int topic = 0; topic < topics; topic++) {
            intents.add(new HashMap<>());
        }
        for (int i = 0; i < nearest.length; i++) {
            intents.get(nearest[i]).merge(texts.get(i).intent(), 1, Integer::sum);
        }
        String[] names = new String[topics];
        for (int topic = 0; topic < topics; topic++) {
            String main = intents.get(topic).entrySet().stream()
                    .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey)
                    .orElse("none");
            names[topic] = "topic %d (%s)".formatted(topic + 1, main);
        }
        return names;
    }

    private static int nearest(float[][] centroids, float[] vector) {
        int nearest = 0;
        double least = Double.MAX_VALUE;
        for (int topic = 0; topic < centroids.length; topic++) {
            double distance = squaredDistance(centroids[topic], vector);
            if (distance < least) {
                least = distance;
                nearest = topic;
            }
        }
        return nearest;
    }

    private static double squaredDistance(float[] left, float[] right) {
        double even = 0;
        double odd = 0;
        for (int i = 0; i + 1 < left.length; i += 2) {
            double first = left[i] - right[i];
            double second = left[i + 1] - right[i + 1];
            even += first * first;
            odd += second * second;
        }
        return even + odd;
    }

    /**
     * Where a vector lies.
     *
     * @param topic index of its topic; that after the last one stands for {@link #OUTSIDE}
     * @param distance to the nearest centroid
     * @param margin distance to the second nearest less that to the nearest; 0 with one topic
     */
    record Place(int topic, double distance, double margin) {}

    Place place(float[] vector) {
        int nearest = 0;
        double least = Double.MAX_VALUE;
        double second = Double.MAX_VALUE;
        for (int topic = 0; topic < centroids.length; topic++) {
            double distance = squaredDistance(centroids[topic], vector);
            if (distance < least) {
                second = least;
                least = distance;
                nearest = topic;
            } else {
                second = Math.min(second, distance);
            }
        }
        double margin = centroids.length == 1 ? 0 : Math.sqrt(second) - Math.sqrt(least);
        return new Place(least > squaredRadius ? centroids.length : nearest, Math.sqrt(least), margin);
    }

    /** Number of places: topics, and outside. */
    int places() {
        return centroids.length + 1;
    }

    String name(int place) {
        return place == centroids.length ? OUTSIDE : names[place];
    }
}
