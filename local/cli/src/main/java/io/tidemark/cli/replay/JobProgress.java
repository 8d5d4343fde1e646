package io.tidemark.cli.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cli.CommandFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How far the windows job says it has come: what passed its source, and which of its windows subtasks are done. */
final class JobProgress {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Counts of the source.
     *
     * @param accepted traces that count in windows
     * @param rejected traces refused by the admission rule
     * @param late traces that came after their windows were final
     * @param duplicates traces whose inference had been seen
     */
    record SourceCounts(long accepted, long rejected, long late, long duplicates) {

        static final SourceCounts NONE = new SourceCounts(0, 0, 0, 0);

        SourceCounts plus(SourceCounts other) {
            return new SourceCounts(
                    accepted + other.accepted,
                    rejected + other.rejected,
                    late + other.late,
                    duplicates + other.duplicates);
        }
    }

    private final Map<Integer, SourceCounts> partitions = new TreeMap<>();
    private final Map<Integer, Long> windowsBySubtask = new TreeMap<>();
    private final Set<String> alerts = new TreeSet<>();
    private boolean rulesAreDone;
    private final Set<Long> driftWindows = new TreeSet<>();
    private boolean driftIsDone;
    private final Map<Integer, Long> verdictsBySubtask = new TreeMap<>();
    private int parallelism = -1;
    private int canaryParallelism = -1;

    /**
     * Takes up a record of the progress topic. Records of stages that the replay does not wait for are passed over.
     *
     * @throws CommandFailure when it is no JSON
     */
    void add(String record) {
        JsonNode node = parse(record);
        switch (node.path("stage").asText()) {
            case "source" ->
                partitions.put(
                        node.path("partition").asInt(),
                        new SourceCounts(
                                node.path("accepted").asLong(),
                                node.path("rejected").asLong(),
                                node.path("late").asLong(),
                                node.path("duplicates").asLong()));
            case "windows" -> {
                parallelism = node.path("parallelism").asInt();
                windowsBySubtask.put(
                        node.path("subtask").asInt(), node.path("windows").asLong());
            }
            case "rules" -> rulesAreDone = true;
            case "drift-window" ->
                driftWindows.add(node.path("end_millis").asLong());
            case "drift" -> driftIsDone = true;
            case "alerts" ->
                alerts.add(node.path("source").asText() + "-"
                        + node.path("partition").asInt());
            case "canary" -> {
                canaryParallelism = node.path("parallelism").asInt();
                verdictsBySubtask.put(
                        node.path("subtask").asInt(), node.path("verdicts").asLong());
            }
            default -> {
                // a later job's stage
            }
        }
    }

    /** Partitions whose marker has not passed the source. */
    List<Integer> missing(Collection<Integer> expected) {
        List<Integer> missing = new ArrayList<>(expected);
        missing.removeAll(partitions.keySet());
        return missing;
    }

    /** Whether every subtask has emitted its last window. */
    boolean windowsAreDone() {
        return parallelism > 0 && windowsBySubtask.size() >= parallelism;
    }

    /** Whether the rules have judged the last pane; all breaches meet in one subtask. */
    boolean rulesAreDone() {
        return rulesAreDone;
    }

    /** Whether drift was decided on in the last window; all tests meet in one subtask. */
    boolean driftIsDone() {
        return driftIsDone;
    }

    /** Whether the alert lifecycle has passed so many end markers. */
    boolean alertsAreDone(int markers) {
        return alerts.size() >= markers;
    }

    /** Whether every subtask of the canary job has taken its last decision. */
    boolean decisionsAreDone() {
        return canaryParallelism > 0 && verdictsBySubtask.size() >= canaryParallelism;
    }

    SourceCounts source() {
        return partitions.values().stream().reduce(SourceCounts.NONE, SourceCounts::plus);
    }

    /** Distinct pairs of slice and window. */
    long windows() {
        return windowsBySubtask.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Number of records that said something new; it grows as long as the job comes on. */
    int size() {
        return partitions.size()
                + windowsBySubtask.size()
                + (rulesAreDone ? 1 : 0)
                + driftWindows.size()
                + (driftIsDone ? 1 : 0)
                + alerts.size()
                + verdictsBySubtask.size();
    }

    private static JsonNode parse(String record) {
        try {
            return JSON.readTree(record);
        } catch (JsonProcessingException e) {
            throw new CommandFailure("a record of the progress topic is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
