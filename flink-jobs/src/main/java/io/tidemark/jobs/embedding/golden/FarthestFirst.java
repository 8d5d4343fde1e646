package io.tidemark.jobs.embedding.golden;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses texts that are far from what was chosen before and from each other: the farthest one, again and again.
 *
 * <p>T. F. Gonzalez, "Clustering to minimize the maximum intercluster distance", Theoretical Computer Science 38, 1985,
 * doi:10.1016/0304-3975(85)90224-5. Differs from the paper: what was chosen in earlier weeks counts as chosen, it stops at near
 * duplicates, and where nothing was chosen before it begins with the text nearest to the mean, the most usual one.
 */
final class FarthestFirst {

    /** Cosine from which on two prompts say the same. */
    static final double NEAR_DUPLICATE = 0.9;

    private FarthestFirst() {}

    /**
     * A text that was chosen.
     *
     * @param text the text
     * @param novelty one less the highest cosine to what was chosen before it, in [0, 1]; NaN for the first one of all
     */
    record Choice(GoldenText text, double novelty) {}

    /** A text with its highest cosine to what is chosen. */
    private static final class Open {
        private final GoldenText text;
        private double nearest = Double.NEGATIVE_INFINITY;

        private Open(GoldenText text) {
            this.text = text;
        }

        private void approach(GoldenText chosen) {
            nearest = Math.max(nearest, text.cosine(chosen));
        }
    }

    /**
     * Chooses. The same ones whatever the order of the candidates.
     *
     * @param candidates distinct texts of one backend
     * @param earlier what was chosen before; those of other backends forbid equal texts only
     * @param most texts that are chosen at most
     */
    static List<Choice> choose(Collection<GoldenText> candidates, Collection<GoldenText> earlier, int most) {
        Set<Long> known = new HashSet<>();
        earlier.forEach(text -> known.add(text.textHash()));
        List<Open> open = new ArrayList<>(candidates.stream()
                .filter(text -> !known.contains(text.textHash()))
                .sorted(Comparator.comparingLong(GoldenText::textHash))
                .map(Open::new)
                .toList());
        for (GoldenText chosen : earlier) {
            open.stream()
                    .filter(each -> each.text.backendId().equals(chosen.backendId()))
                    .forEach(each -> each.approach(chosen));
        }
        List<Choice> choices = new ArrayList<>();
        while (choices.size() < most && !open.isEmpty()) {
            Open next = next(open);
            if (next.nearest > NEAR_DUPLICATE) {
                break;
            }
            choices.add(new Choice(next.text, novelty(next.nearest)));
            open.remove(next);
            open.forEach(each -> each.approach(next.text));
        }
        return choices;
    }

    private static double novelty(double nearest) {
        return nearest == Double.NEGATIVE_INFINITY ? Double.NaN : Math.min(1, Math.max(0, 1 - nearest));
    }

    private static Open next(List<Open> open) {
        Open farthest = open.get(0);
        for (Open each : open) {
            farthest = each.nearest < farthest.nearest ? each : farthest;
        }
        return farthest.nearest == Double.NEGATIVE_INFINITY ? mostUsual(open) : farthest;
    }

    private static Open mostUsual(List<Open> open) {
        float[] sum = new float[open.get(0).text.vector().length];
        for (Open each : open) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += each.text.vector()[i];
            }
        }
        GoldenText mean = new GoldenText(0, "", 0, "", sum);
        Open usual = open.get(0);
        for (Open each : open) {
            usual = each.text.cosine(mean) > usual.text.cosine(mean) ? each : usual;
        }
        return usual;
    }
}
