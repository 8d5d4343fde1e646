package io.tidemark.assembly.trace;

import io.tidemark.contracts.avro.LooseSpan;
import io.tidemark.contracts.avro.Trace;
import java.util.List;
import java.util.Map;

/**
 * What the spans of a trace become.
 *
 * @param inferences its model calls, by their start
 * @param loose spans that belong to none of them: all of a trace without a model call, and those that came too late
 * @param spans spans of the trace, each counted once
 */
public record AssembledTrace(List<Inference> inferences, List<LooseSpan> loose, int spans) {

    /**
     * One model call.
     *
     * @param trace the record
     * @param facts its slice fields, and where they came from
     */
    public record Inference(Trace trace, Map<String, ResolvedFact> facts) {}
}
