package io.tidemark.contracts;

import io.tidemark.contracts.avro.VersionTupleRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * What served a request: seven named components. Each is a non-empty string without control characters; {@link #NONE}
 * says that the service has no such component, {@link #UNKNOWN} that the producer did not say.
 *
 * @param baseModel base model and its version
 * @param fineTune fine-tuned weights
 * @param prompt prompt version
 * @param toolSchema tool schema version
 * @param retrievalIndex retrieval index version
 * @param evalPass evaluation pass that released this combination
 * @param serving serving engine, configuration and flag set
 */
public record VersionTuple(
        String baseModel,
        String fineTune,
        String prompt,
        String toolSchema,
        String retrievalIndex,
        String evalPass,
        String serving) {

    /** The service has no such component. */
    public static final String NONE = "none";

    /** The producer did not say. */
    public static final String UNKNOWN = "unknown";

    /** Names of the components, in the order in which {@link #versionId()} hashes them. */
    public static final List<String> COMPONENT_NAMES =
            List.of("base_model", "fine_tune", "prompt", "tool_schema", "retrieval_index", "eval_pass", "serving");

    private static final int VERSION_ID_HEX_DIGITS = 16;

    public VersionTuple {
        checkComponent("base_model", baseModel);
        checkComponent("fine_tune", fineTune);
        checkComponent("prompt", prompt);
        checkComponent("tool_schema", toolSchema);
        checkComponent("retrieval_index", retrievalIndex);
        checkComponent("eval_pass", evalPass);
        checkComponent("serving", serving);
    }

    /** A tuple of which nothing is known. */
    public static VersionTuple unknown() {
        return new VersionTuple(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
    }

    /** The tuple in an Avro record. */
    public static VersionTuple from(VersionTupleRecord avro) {
        return new VersionTuple(
                avro.getBaseModel(),
                avro.getFineTune(),
                avro.getPrompt(),
                avro.getToolSchema(),
                avro.getRetrievalIndex(),
                avro.getEvalPass(),
                avro.getServing());
    }

    /** This tuple as an Avro record. */
    public VersionTupleRecord toAvro() {
        return new VersionTupleRecord(baseModel, fineTune, prompt, toolSchema, retrievalIndex, evalPass, serving);
    }

    /** The components, in the order of {@link #COMPONENT_NAMES}. */
    public List<String> components() {
        return List.of(baseModel, fineTune, prompt, toolSchema, retrievalIndex, evalPass, serving);
    }

    /**
     * Identity of the tuple: the first 16 hex digits of SHA-256 over the lines {@code name=value\n}, UTF-8, in the order
     * of {@link #COMPONENT_NAMES}. Fixed for ever by a golden test.
     */
    public String versionId() {
        StringBuilder canonical = new StringBuilder(160);
        List<String> values = components();
        for (int i = 0; i < values.size(); i++) {
            canonical
                    .append(COMPONENT_NAMES.get(i))
                    .append('=')
                    .append(values.get(i))
                    .append('\n');
        }
        byte[] digest = sha256().digest(canonical.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, VERSION_ID_HEX_DIGITS / 2);
    }

    private static void checkComponent(String name, String value) {
        Objects.requireNonNull(
                value, () -> "version component '%s' is null; use \"none\" or \"unknown\"".formatted(name));
        if (value.isEmpty()) {
            throw new IllegalArgumentException(
                    "version component '%s' is empty; use \"none\" or \"unknown\"".formatted(name));
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                throw new IllegalArgumentException(
                        "version component '%s' has a control character at index %d".formatted(name, i));
            }
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
