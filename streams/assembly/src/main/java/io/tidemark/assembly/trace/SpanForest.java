package io.tidemark.assembly.trace;

import io.tidemark.contracts.avro.ReceivedSpan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The spans of one trace by their id, each once: a span that was sent again is the same span. */
final class SpanForest {

    private final Map<String, ReceivedSpan> spans = new LinkedHashMap<>();
    private final Map<String, List<ReceivedSpan>> ancestors = new HashMap<>();
    private ReceivedSpan onlyRoot;

    SpanForest(Collection<ReceivedSpan> received) {
        received.forEach(span -> spans.putIfAbsent(span.getSpan().getSpanId(), span));
        List<ReceivedSpan> roots = spans.values().stream()
                .filter(span -> span.getSpan().getParentSpanId() == null)
                .toList();
        onlyRoot = roots.size() == 1 ? roots.get(0) : null;
    }

    Collection<ReceivedSpan> spans() {
        return spans.values();
    }

    /** Whether every parent that a span names is here, and so is a root. */
    boolean isComplete() {
        return spans.values().stream()
                        .allMatch(span -> span.getSpan().getParentSpanId() == null
                                || spans.containsKey(span.getSpan().getParentSpanId()))
                && spans.values().stream().anyMatch(span -> span.getSpan().getParentSpanId() == null);
    }

    /**
     * Ancestors of a span, nearest first. Where one is missing, the trace's root follows, if there is just one: it must be an ancestor of
     * the missing span.
     */
    List<ReceivedSpan> ancestors(ReceivedSpan span) {
        return ancestors.computeIfAbsent(span.getSpan().getSpanId(), id -> find(span));
    }

    private List<ReceivedSpan> find(ReceivedSpan span) {
        List<ReceivedSpan> found = new ArrayList<>();
        Set<String> seen = new HashSet<>(Set.of(span.getSpan().getSpanId()));
        String parentId = span.getSpan().getParentSpanId();
        while (parentId != null && seen.add(parentId)) {
            ReceivedSpan parent = spans.get(parentId);
            if (parent == null) {
                if (onlyRoot != null && seen.add(onlyRoot.getSpan().getSpanId())) {
                    found.add(onlyRoot);
                }
                break;
            }
            found.add(parent);
            parentId = parent.getSpan().getParentSpanId();
        }
        return found;
    }
}
