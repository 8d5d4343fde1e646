package io.tidemark.cli.format;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.VersionTupleRecord;
import io.tidemark.ingest.validation.BlankTrace;
import java.util.List;

/**
 * Scenarios with a planted change: tenants, versions and errors are given, times are offsets. The column {@code drifted} is
 * the answer to the exercise and is not read.
 */
final class ScenarioFormat implements ReplayFormat {

    private static final int OFFSET_MILLIS = 0;
    private static final int TENANT = 1;
    private static final int MODEL_VERSION = 2;
    private static final int PROMPT_VERSION = 3;
    private static final int TEXT_SOURCE = 4;
    private static final int TEXT_ID = 5;
    private static final int INTENT = 6;
    private static final int CONTEXT_TOKENS = 7;
    private static final int GENERATED_TOKENS = 8;
    private static final int ERROR = 9;
    private static final List<String> COLUMNS = List.of(
            "offset_ms",
            "tenant",
            "model_version",
            "prompt_version",
            "text_source",
            "text_id",
            "intent",
            "context_tokens",
            "generated_tokens",
            "error");
    private static final double EVERY_TEXT = 1.0;

    @Override
    public String id() {
        return "scenario";
    }

    @Override
    public String description() {
        return "CSV of a scenario: offset_ms, tenant, model_version, prompt_version, intent, tokens, error";
    }

    @Override
    public TraceReader open(ReplayFile file, ReplayOptions options) {
        LineReader lines = new LineReader(file);
        CsvRow row = new CsvRow(CsvHeader.read(lines, file, id(), COLUMNS));
        TraceIdentity identity = new TraceIdentity(file);
        ScenarioTexts texts = new ScenarioTexts(options.texts());
        return new LineTraceReader(lines, line -> {
            row.fill(line);
            Trace trace = BlankTrace.create();
            trace.setEventTime(options.start().plusMillis(row.requiredCount(OFFSET_MILLIS)));
            trace.setRole(TrafficRole.PRODUCTION);
            trace.setTenant(row.requiredText(TENANT));
            version(row, trace.getVersion());
            if (!row.isEmpty(INTENT)) {
                trace.setIntent(row.text(INTENT));
            }
            trace.setInputTokens(row.count(CONTEXT_TOKENS));
            trace.setOutputTokens(row.count(GENERATED_TOKENS));
            trace.setStatus(status(row));
            text(row, texts, trace);
            identity.complete(trace, line.number());
            return trace;
        });
    }

    /** {@code model_version} is base model and fine-tune, joined by a slash. */
    private static void version(CsvRow row, VersionTupleRecord version) {
        String model = row.text(MODEL_VERSION);
        int slash = model.indexOf('/');
        version.setBaseModel(known(slash < 0 ? model : model.substring(0, slash)));
        version.setFineTune(known(slash < 0 ? "" : model.substring(slash + 1)));
        version.setPrompt(known(row.text(PROMPT_VERSION)));
    }

    private static String known(String component) {
        return component.isEmpty() ? VersionTuple.UNKNOWN : component;
    }

    private static InferenceStatus status(CsvRow row) throws MalformedLineException {
        Long error = row.count(ERROR);
        if (error == null) {
            return InferenceStatus.UNKNOWN;
        }
        if (error > 1) {
            throw row.malformed(ERROR, "must be 0 or 1");
        }
        return error == 1 ? InferenceStatus.ERROR : InferenceStatus.OK;
    }

    private static void text(CsvRow row, ScenarioTexts texts, Trace trace) throws MalformedLineException {
        if (!texts.wanted() || row.isEmpty(TEXT_SOURCE) || row.isEmpty(TEXT_ID)) {
            return;
        }
        String text = texts.text(row.text(TEXT_SOURCE), row.text(TEXT_ID));
        if (text == null) {
            throw row.malformed(TEXT_ID, "names no row of the text file of '%s'".formatted(row.text(TEXT_SOURCE)));
        }
        trace.setPromptText(text);
        trace.setSamplingWeight(EVERY_TEXT);
    }
}
