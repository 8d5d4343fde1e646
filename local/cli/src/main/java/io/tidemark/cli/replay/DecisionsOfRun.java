package io.tidemark.cli.replay;

import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.registry.ReleaseLog;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The decisions of a run about its rollouts. */
final class DecisionsOfRun {

    private final ReleaseLog log;

    DecisionsOfRun(StackEndpoints endpoints, String run) {
        log = endpoints.releaseLog(run);
    }

    /** Each decision once, however often it was sent. */
    List<DecisionView> all() {
        Map<String, Verdict> byId = new LinkedHashMap<>();
        log.verdicts().forEach(verdict -> byId.putIfAbsent(verdict.getDecisionId(), verdict));
        return byId.values().stream()
                .sorted(Comparator.comparing(Verdict::getEventTime).thenComparing(Verdict::getDecisionId))
                .map(DecisionView::of)
                .toList();
    }
}
