package io.tidemark.assembly.trace;

import io.tidemark.contracts.avro.ReceivedSpan;
import java.util.List;
import java.util.Map;

/** Asks the span, then its parents, then its resource, then its baggage and that of its parents. */
final class FactResolver {

    private final SpanForest forest;
    private final List<Map<String, String>> resources;

    FactResolver(SpanForest forest, List<Map<String, String>> resources) {
        this.forest = forest;
        this.resources = resources;
    }

    ResolvedFact resolve(ReceivedSpan span, String field) {
        String own = span.getFacts().get(field);
        if (own != null) {
            return new ResolvedFact(own, FactSource.SPAN, id(span));
        }
        for (ReceivedSpan ancestor : forest.ancestors(span)) {
            String inherited = ancestor.getFacts().get(field);
            if (inherited != null) {
                return new ResolvedFact(inherited, FactSource.PARENT, id(ancestor));
            }
        }
        String ofResource = resource(span).get(field);
        if (ofResource != null) {
            return new ResolvedFact(ofResource, FactSource.RESOURCE, id(span));
        }
        return baggage(span, field);
    }

    private ResolvedFact baggage(ReceivedSpan span, String field) {
        String own = span.getBaggage().get(field);
        if (own != null) {
            return new ResolvedFact(own, FactSource.BAGGAGE, id(span));
        }
        for (ReceivedSpan ancestor : forest.ancestors(span)) {
            String inherited = ancestor.getBaggage().get(field);
            if (inherited != null) {
                return new ResolvedFact(inherited, FactSource.BAGGAGE, id(ancestor));
            }
        }
        return ResolvedFact.NONE;
    }

    private Map<String, String> resource(ReceivedSpan span) {
        int index = span.getResource();
        return index >= 0 && index < resources.size() ? resources.get(index) : Map.of();
    }

    private static String id(ReceivedSpan span) {
        return span.getSpan().getSpanId();
    }
}
