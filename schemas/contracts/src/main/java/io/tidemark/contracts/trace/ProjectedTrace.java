package io.tidemark.contracts.trace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One trace as jobs see it: its numbers, and where its dimensions lie in the record's bytes. One mutable instance is
 * filled again for each record by a {@link TraceProjection}; nobody keeps a reference to it or to its bytes.
 */
public final class ProjectedTrace {

    private static final Dimension[] DIMENSIONS = Dimension.values();
    private static final int INITIAL_KEY_BYTES = 512;
    private static final byte[][] DEFAULTS = defaults();

    /** Text slot of the inference id, after those of the dimensions. */
    static final int INFERENCE_ID = DIMENSIONS.length;

    /** Text slots of the session and of the trace. */
    static final int SESSION_ID = INFERENCE_ID + 1;

    static final int TRACE_ID = INFERENCE_ID + 2;

    private static final int FIRST_FIELD = DIMENSIONS.length + 3;
    private static final int TEXT_SLOTS = FIRST_FIELD + TextField.values().length;
    private static final int ABSENT = -1;
    private static final byte DELETE = 0x7F;

    private final InferenceEvent event = new InferenceEvent();
    private final int[] textOffsets = new int[TEXT_SLOTS];
    private final int[] textLengths = new int[TEXT_SLOTS];
    private final byte[] roleByte = new byte[1];
    private byte[] bytes = new byte[0];
    private byte[] key = new byte[INITIAL_KEY_BYTES];
    private int keyLength;

    /** The numbers of the trace. */
    public InferenceEvent event() {
        return event;
    }

    /** The record, with the header of the wire format. */
    public byte[] recordBytes() {
        return bytes;
    }

    /** Whether the trace names a tenant. */
    public boolean hasTenant() {
        return textLengths[Dimension.TENANT.ordinal()] > 0;
    }

    /** Hash of the inference id, or 0 when the trace has none. */
    public long inferenceFingerprint() {
        int length = textLengths[INFERENCE_ID];
        if (length <= 0) {
            return 0;
        }
        long fingerprint = Fingerprint.of(bytes, textOffsets[INFERENCE_ID], length);
        return fingerprint == 0 ? 1 : fingerprint;
    }

    /** Hash of the session within its tenant, or 0 when the trace belongs to none. */
    public long sessionFingerprint() {
        return withinTenant(SESSION_ID);
    }

    /** Hash of the trace id within its tenant, as {@link Fingerprint#withinTenant} gives it; 0 without a trace id. */
    public long traceFingerprint() {
        return withinTenant(TRACE_ID);
    }

    private long withinTenant(int slot) {
        int length = textLengths[slot];
        return length <= 0
                ? 0
                : Fingerprint.withinTenant(
                        fingerprint(Dimension.TENANT), Fingerprint.of(bytes, textOffsets[slot], length));
    }

    /** Id of the trace; empty without one. Allocates: not for each record. */
    public String traceId() {
        int length = textLengths[TRACE_ID];
        return length <= 0 ? "" : new String(bytes, textOffsets[TRACE_ID], length, StandardCharsets.UTF_8);
    }

    /** Hash of a text dimension's bytes, as {@link Fingerprint} of its UTF-8 text; 0 when it is unknown. */
    public long fingerprint(Dimension dimension) {
        int slot = dimension.ordinal();
        if (textLengths[slot] == ABSENT) {
            byte[] standard = DEFAULTS[slot];
            return standard == null ? 0 : Fingerprint.of(standard, 0, standard.length);
        }
        return Fingerprint.of(bytes, textOffsets[slot], textLengths[slot]);
    }

    /** Text of a dimension other than the role, or null when it is unknown. Allocates: not for each record. */
    public String text(Dimension dimension) {
        int slot = dimension.ordinal();
        return textLengths[slot] == ABSENT
                ? dimension.defaultText()
                : new String(bytes, textOffsets[slot], textLengths[slot], StandardCharsets.UTF_8);
    }

    /** Buffer with the slice key in its first {@link #keyLength()} bytes; see {@link SliceKeyFormat}. */
    public byte[] key() {
        return key;
    }

    /** Number of bytes of the slice key. */
    public int keyLength() {
        return keyLength;
    }

    /** Whether the trace has a field. */
    public boolean has(TextField field) {
        return textLengths[slot(field)] != ABSENT;
    }

    /** Where the bytes of a field begin in {@link #recordBytes()}. */
    public int offset(TextField field) {
        return textOffsets[slot(field)];
    }

    /** Number of bytes of a field; -1 when the trace does not have it. */
    public int length(TextField field) {
        return textLengths[slot(field)];
    }

    /** Where the bytes of a dimension other than the role begin in {@link #recordBytes()}. */
    public int offset(Dimension dimension) {
        return textOffsets[dimension.ordinal()];
    }

    /** Number of bytes of a dimension other than the role; -1 when the trace does not say. */
    public int length(Dimension dimension) {
        return textLengths[dimension.ordinal()];
    }

    static int slot(TextField field) {
        return FIRST_FIELD + field.ordinal();
    }

    void begin(byte[] record) {
        bytes = record;
        keyLength = 0;
        Arrays.fill(textLengths, ABSENT);
        event.clear();
    }

    void text(int slot, int offset, int length) {
        textOffsets[slot] = offset;
        textLengths[slot] = length;
    }

    boolean isUnknown(Dimension dimension) {
        int slot = dimension.ordinal();
        int length = textLengths[slot];
        byte[] unknown = DEFAULTS[slot];
        if (length == ABSENT) {
            return true;
        }
        return length == unknown.length
                && Arrays.equals(bytes, textOffsets[slot], textOffsets[slot] + length, unknown, 0, length);
    }

    /** Whether the text of a version component is one that {@link io.tidemark.contracts.VersionTuple} accepts. */
    boolean isUsable(Dimension component) {
        int slot = component.ordinal();
        int length = textLengths[slot];
        int end = textOffsets[slot] + length;
        for (int i = textOffsets[slot]; i < end; i++) {
            byte unit = bytes[i];
            boolean isAsciiControl = unit >= 0 && unit < ' ' || unit == DELETE;
            // U+0080 to U+009F, the other control characters, are 0xC2 and a byte below 0xA0
            boolean isLatinControl = unit == (byte) 0xC2 && i + 1 < end && (bytes[i + 1] & 0xFF) < 0xA0;
            if (isAsciiControl || isLatinControl) {
                return false;
            }
        }
        return length != 0;
    }

    void buildKey(int[] dimensions) {
        roleByte[0] = (byte) event.role;
        int position = 0;
        for (int slot : dimensions) {
            byte[] source = bytes;
            int offset = textOffsets[slot];
            int length = textLengths[slot];
            if (slot == Dimension.ROLE.ordinal()) {
                source = roleByte;
                offset = 0;
                length = 1;
            } else if (length == ABSENT && DEFAULTS[slot] != null) {
                source = DEFAULTS[slot];
                offset = 0;
                length = source.length;
            }
            position = append(position, source, offset, length);
        }
        keyLength = position;
    }

    private int append(int start, byte[] source, int offset, int length) {
        int position = start;
        if (key.length < position + length + SliceKeyFormat.MAXIMUM_LENGTH_BYTES) {
            key = Arrays.copyOf(key, Math.max(key.length * 2, position + length + SliceKeyFormat.MAXIMUM_LENGTH_BYTES));
        }
        position = SliceKeyFormat.writeLength(key, position, length);
        byte[] target = key;
        for (int i = 0; i < length; i++) {
            target[position + i] = source[offset + i];
        }
        return position + Math.max(length, 0);
    }

    private static byte[][] defaults() {
        byte[][] texts = new byte[DIMENSIONS.length][];
        for (Dimension dimension : DIMENSIONS) {
            String text = dimension.defaultText();
            texts[dimension.ordinal()] = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        }
        return texts;
    }
}
