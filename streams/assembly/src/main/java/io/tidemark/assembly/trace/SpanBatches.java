package io.tidemark.assembly.trace;

import io.tidemark.contracts.avro.ReceivedSpan;
import io.tidemark.contracts.avro.Span;
import io.tidemark.contracts.avro.SpanBatch;
import io.tidemark.contracts.avro.SpanContent;
import io.tidemark.contracts.avro.SpanKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts batches of one trace together, and keeps what is worth remembering of a finished one. */
public final class SpanBatches {

    /**
     * What became of the spans of a batch.
     *
     * @param added spans that were new
     * @param duplicates spans that were there already
     * @param dropped spans above the limit
     */
    public record Merge(int added, int duplicates, int dropped) {}

    private SpanBatches() {}

    /** A batch without spans, to put others into. */
    public static SpanBatch empty(SpanBatch like) {
        return new SpanBatch(
                like.getTenant(),
                like.getTraceId(),
                like.getReceivedTime(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    /** Puts the spans of one batch into another. */
    public static Merge merge(SpanBatch into, SpanBatch batch, int maximumSpans) {
        Set<String> known = new HashSet<>();
        into.getSpans().forEach(span -> known.add(span.getSpan().getSpanId()));
        int added = 0;
        int duplicates = 0;
        int dropped = 0;
        for (ReceivedSpan span : batch.getSpans()) {
            if (!known.add(span.getSpan().getSpanId())) {
                duplicates++;
            } else if (into.getSpans().size() >= maximumSpans) {
                dropped++;
            } else {
                span.setResource(resource(into, batch.getResources(), span.getResource()));
                into.getSpans().add(span);
                added++;
            }
        }
        for (SpanContent content : batch.getContents()) {
            if (into.getContents().size() < maximumSpans && !into.getContents().contains(content)) {
                into.getContents().add(content);
            }
        }
        return new Merge(added, duplicates, dropped);
    }

    /** What late spans may still need of a finished trace: who was whose parent, and what they said about the slice. */
    public static SpanBatch remembered(SpanBatch finished) {
        SpanBatch kept = empty(finished);
        kept.getResources().addAll(finished.getResources());
        for (ReceivedSpan span : finished.getSpans()) {
            Span of = span.getSpan();
            Span shell = new Span(
                    of.getSpanId(), of.getParentSpanId(), SpanKind.OTHER, "", of.getStartTime(), 0L, null, Map.of());
            kept.getSpans().add(new ReceivedSpan(shell, span.getResource(), span.getFacts(), span.getBaggage(), null));
        }
        return kept;
    }

    private static int resource(SpanBatch into, List<Map<String, String>> resources, int index) {
        Map<String, String> facts = index >= 0 && index < resources.size() ? resources.get(index) : Map.of();
        int known = into.getResources().indexOf(facts);
        if (known < 0) {
            into.getResources().add(facts);
            known = into.getResources().size() - 1;
        }
        return known;
    }
}
