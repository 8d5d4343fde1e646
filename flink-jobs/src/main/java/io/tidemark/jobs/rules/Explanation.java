package io.tidemark.jobs.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which of the slices in breach of a rule explains which. A slice explains the finer ones inside it when the fault is all
 * over it. It is itself explained by a finer slice when what it holds besides is healthy: then the fault is that slice's.
 * Of two slices with the same traffic the finer one is named, because it says more.
 *
 * <p>So one fault gives one alert: at the tenant when all its intents fail, at the one intent when only that fails, and at
 * the top when everything does.
 */
final class Explanation {

    /** More finer slices than this are a fault of the larger slice, whatever the rest of it looks like. */
    private static final int MOST_CHILDREN = 5;

    /** A rest with less of the traffic than this says nothing. */
    private static final double SMALL_REST = 0.1;

    private final List<Node> nodes = new ArrayList<>();
    private final Map<Place, Node> byPlace = new HashMap<>();
    private List<Integer> levels = List.of();

    /** Where a slice lies: what it fixes, and to what. */
    private record Place(String role, int dimensions, List<String> values) {}

    /** The finer slices of one level inside a slice. */
    private static final class Children {
        private int count;
        private long bad;
        private long units;
        private Node largest;

        private void add(Node child) {
            count++;
            bad += child.bad;
            units += child.units;
            if (largest == null || child.bad > largest.bad) {
                largest = child;
            }
        }
    }

    /** A slice in breach. */
    static final class Node {
        private final String name;
        private final Place place;
        private final boolean breached;
        private final boolean settled;
        private final long bad;
        private final long units;
        private final double limit;
        private final TreeMap<Integer, Children> breachedByLevel = new TreeMap<>();
        private final TreeMap<Integer, Children> suspectsByLevel = new TreeMap<>();
        private Node culprit;
        private Node suspect;

        private Node(String name, Place place, Finding finding, boolean settled) {
            this.name = name;
            this.place = place;
            this.breached = finding.breached();
            this.settled = settled;
            this.bad = finding.bad();
            this.units = finding.units();
            this.limit = finding.limit();
        }

        String name() {
            return name;
        }

        /** A finer slice, not in breach yet, that would explain this one; null without one. */
        Node suspect() {
            return suspect;
        }
    }

    /**
     * Adds a slice.
     *
     * @param settled whether it was said before that it explains itself; no finer slice takes that back, because the finer
     *     ones in breach are those that chance made look worst
     */
    Node add(String name, String role, List<String> values, Finding finding, boolean settled) {
        Node node = new Node(name, new Place(role, dimensions(values), values), finding, settled);
        nodes.add(node);
        byPlace.put(node.place, node);
        return node;
    }

    private static int dimensions(List<String> values) {
        int dimensions = 0;
        for (int i = 0; i < values.size(); i++) {
            dimensions |= values.get(i) == null ? 0 : 1 << i;
        }
        return dimensions;
    }

    /** Finds the culprits; to be called once, after the last slice was added. */
    void solve() {
        levels = nodes.stream().map(node -> node.place.dimensions).distinct().toList();
        for (Node node : nodes) {
            for (int level : levels) {
                Node ancestor = ancestor(node, level);
                if (ancestor != null) {
                    children(ancestor, node).add(node);
                }
            }
        }
        for (Node node : nodes) {
            node.culprit = node.settled ? null : culprit(node, node.breachedByLevel);
            node.suspect = node.culprit == null && !node.settled ? culprit(node, node.suspectsByLevel) : null;
        }
    }

    /** Levels are ordered by the number of their dimensions: the coarsest culprit is the best. */
    private static Children children(Node ancestor, Node node) {
        int level = Integer.bitCount(node.place.dimensions) << Byte.SIZE | node.place.dimensions;
        TreeMap<Integer, Children> levels = node.breached ? ancestor.breachedByLevel : ancestor.suspectsByLevel;
        return levels.computeIfAbsent(level, unused -> new Children());
    }

    private Node ancestor(Node node, int level) {
        int own = node.place.dimensions;
        if (level == own || (level & own) != level) {
            return null;
        }
        List<String> values = new ArrayList<>(node.place.values);
        for (int i = 0; i < values.size(); i++) {
            if ((level & 1 << i) == 0) {
                values.set(i, null);
            }
        }
        return byPlace.get(new Place(node.place.role, level, values));
    }

    private static Node culprit(Node node, TreeMap<Integer, Children> levels) {
        for (Children children : levels.values()) {
            if (explains(node, children)) {
                return children.largest;
            }
        }
        return null;
    }

    private static boolean explains(Node node, Children children) {
        if (children.units == 0 || children.count > MOST_CHILDREN) {
            return false;
        }
        long restUnits = node.units - children.units;
        if (restUnits <= SMALL_REST * node.units) {
            return children.count == 1;
        }
        double restRate = Math.max(0, node.bad - children.bad) / (double) restUnits;
        double childRate = children.bad / (double) children.units;
        return restRate < Math.sqrt(node.limit * childRate);
    }

    /** The slice that a breach is to be laid to: itself, a larger one that is ill all over, or the culprit inside it. */
    Node root(Node node) {
        if (node.culprit != null) {
            return root(node.culprit);
        }
        Node highest = node;
        for (int level : levels) {
            Node other = ancestor(node, level);
            if (other != null && other.breached && other.culprit == null && isHigher(other, highest)) {
                highest = other;
            }
        }
        return highest;
    }

    private static boolean isHigher(Node one, Node other) {
        int difference = Integer.bitCount(other.place.dimensions) - Integer.bitCount(one.place.dimensions);
        return difference > 0 || difference == 0 && one.units > other.units;
    }
}
