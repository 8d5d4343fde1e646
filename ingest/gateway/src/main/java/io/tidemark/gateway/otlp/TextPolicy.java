package io.tidemark.gateway.otlp;

import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.trace.Fingerprint;
import io.tidemark.gateway.mapping.RememberedTexts;
import io.tidemark.ingest.redaction.Finding;
import io.tidemark.ingest.redaction.IdTokenizer;
import io.tidemark.ingest.redaction.Redaction;
import io.tidemark.ingest.redaction.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What becomes of texts and names before they go anywhere: whether texts are kept at all, redaction, tokens instead of ids. */
public final class TextPolicy {

    private final boolean capture;
    private final double share;
    private final int textBytes;
    private final Set<String> tokenized;
    private final Optional<IdTokenizer> tokenizer;
    private final Redactor texts = Redactor.ofTexts();
    private final Redactor names = Redactor.ofIdentifiers();
    private final RememberedTexts cleanNames = new RememberedTexts(names::redact);

    /**
     * @param capture whether prompts and responses are kept
     * @param share share of the traces whose texts are kept, in (0, 1], chosen by a hash of the trace id
     * @param textBytes longest text
     * @param tokenized slice fields whose values are replaced by a keyed hash, for example session_id
     * @param tokenizer makes them; may be empty only when no field is tokenized
     */
    public TextPolicy(
            boolean capture, double share, int textBytes, Set<String> tokenized, Optional<IdTokenizer> tokenizer) {
        this.capture = capture;
        this.share = share;
        this.textBytes = textBytes;
        this.tokenized = Set.copyOf(tokenized);
        this.tokenizer = tokenizer;
        if (!tokenized.isEmpty() && tokenizer.isEmpty()) {
            throw new IllegalArgumentException(
                    "fields %s are to be tokenized, but there is no secret".formatted(tokenized));
        }
    }

    /** No text is kept, no id is replaced. */
    public static TextPolicy withoutContent() {
        return new TextPolicy(false, 1, BodyLimits.DEFAULT.textBytes(), Set.of(), Optional.empty());
    }

    /** Every text is kept, redacted. */
    public static TextPolicy withContent() {
        return new TextPolicy(true, 1, BodyLimits.DEFAULT.textBytes(), Set.of(), Optional.empty());
    }

    boolean captures() {
        return capture;
    }

    /** Whether the texts of a trace are kept. The same for all its spans, wherever they arrive. */
    boolean captures(String traceId) {
        return capture && hashShare(traceId) < share;
    }

    double samplingWeight() {
        return 1 / share;
    }

    /** A name without what cannot be mistaken for anything but personal data or a secret. */
    String name(String name) {
        return cleanNames.of(name);
    }

    /** Value of a slice field: a token when the field is to be tokenized. */
    String fact(String field, String value) {
        return tokenized.contains(field) ? tokenizer.orElseThrow().token(value) : name(value);
    }

    /** A text without personal data, cut to its limit. */
    Redaction text(String text) {
        // twice the limit, so that what is cut off in the middle has been seen whole
        Redaction redaction = texts.redaction(cut(text, 2 * textBytes));
        List<Finding> findings = redaction.findings();
        return new Redaction(cut(redaction.text(), textBytes), findings);
    }

    /** A finished inference as it may be stored; the record itself is changed. */
    public Trace apply(Trace trace) {
        CallNames.clean(trace, this);
        trace.setAttributes(clean(trace.getAttributes()));
        trace.getSpans().forEach(span -> {
            span.setName(name(span.getName()));
            span.setAttributes(clean(span.getAttributes()));
        });
        if (trace.getSessionId() != null) {
            trace.setSessionId(fact("session_id", trace.getSessionId()));
        }
        boolean kept = capture && hashShare(trace.getTraceId()) < share;
        trace.setPromptText(kept ? redacted(trace.getPromptText()) : null);
        trace.setResponseText(kept ? redacted(trace.getResponseText()) : null);
        if (trace.getPromptText() == null && trace.getResponseText() == null) {
            trace.setSamplingWeight(null);
        } else if (trace.getSamplingWeight() == null) {
            trace.setSamplingWeight(samplingWeight());
        }
        return trace;
    }

    /** An outcome as it may be stored; the record itself is changed. */
    public Outcome apply(Outcome outcome) {
        outcome.setName(name(outcome.getName()));
        outcome.setLabel(nameOrNull(outcome.getLabel()));
        outcome.setJudgeName(nameOrNull(outcome.getJudgeName()));
        outcome.setJudgeVersion(nameOrNull(outcome.getJudgeVersion()));
        outcome.setAttributes(clean(outcome.getAttributes()));
        if (outcome.getSessionId() != null) {
            outcome.setSessionId(fact("session_id", outcome.getSessionId()));
        }
        outcome.setExplanation(capture ? redacted(outcome.getExplanation()) : null);
        return outcome;
    }

    private String nameOrNull(String name) {
        return name == null ? null : name(name);
    }

    private Map<String, String> clean(Map<String, String> attributes) {
        if (attributes.isEmpty()) {
            return attributes;
        }
        Map<String, String> clean = new HashMap<>(attributes);
        clean.replaceAll((name, value) -> texts.redact(value));
        return clean;
    }

    private String redacted(String text) {
        return text == null ? null : text(text).text();
    }

    /** A number in [0, 1) that depends on the trace only. */
    private static double hashShare(String traceId) {
        byte[] id = traceId.getBytes(StandardCharsets.UTF_8);
        return (Fingerprint.of(id, 0, id.length) >>> 11) * 0x1p-53;
    }

    private static String cut(String text, int bytes) {
        if (text.length() <= bytes / 3) {
            return text;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (encoded.length <= bytes) {
            return text;
        }
        int end = bytes;
        while (end > 0 && (encoded[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(encoded, 0, end, StandardCharsets.UTF_8);
    }
}
