package io.tidemark.gateway.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.contracts.avro.SpanKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What the attributes of one span, or of one resource, have said so far. One instance is filled again for each span. */
public final class SpanDraft {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CallField[] CALL_FIELDS = CallField.values();
    private static final Fact[] FACTS = Fact.values();
    private static final int UNRANKED = Integer.MAX_VALUE;

    private final Object[] call = new Object[CALL_FIELDS.length];
    private final int[] callRanks = new int[CALL_FIELDS.length];
    private final String[] facts = new String[FACTS.length];
    private final int[] factRanks = new int[FACTS.length];
    private final String[] contents = new String[2];
    private final int[] contentRanks = new int[2];
    private final Map<String, String> kept = new HashMap<>();
    private final Map<String, Double> numericFeatures = new HashMap<>();
    private final Map<String, String> categoricalFeatures = new HashMap<>();
    private SpanKind kind;
    private int kindRank;
    private int unreadable;
    private boolean hasFacts;
    private boolean used = true;

    public SpanDraft() {
        clear();
    }

    /** Forgets everything; costs nothing when there is nothing to forget. */
    public void clear() {
        if (used) {
            Arrays.fill(call, null);
            Arrays.fill(callRanks, UNRANKED);
            Arrays.fill(facts, null);
            Arrays.fill(factRanks, UNRANKED);
            Arrays.fill(contents, null);
            Arrays.fill(contentRanks, UNRANKED);
            kept.clear();
            numericFeatures.clear();
            categoricalFeatures.clear();
            hasFacts = false;
            unreadable = 0;
            used = false;
        }
        kind = SpanKind.OTHER;
        kindRank = UNRANKED;
    }

    void call(CallField field, int rank, Object raw, double factor) {
        used = true;
        int index = field.ordinal();
        if (rank < callRanks[index]) {
            Object value = field.kind().convert(raw, factor);
            if (value != null) {
                call[index] = value;
                callRanks[index] = rank;
            } else {
                unreadable++;
            }
        }
    }

    void fact(Fact fact, int rank, Object raw) {
        used = true;
        hasFacts = true;
        int index = fact.ordinal();
        if (rank < factRanks[index]) {
            String value = ValueKind.name(raw);
            if (value != null) {
                facts[index] = value;
                factRanks[index] = rank;
            }
        }
    }

    void keep(String name, Object raw) {
        used = true;
        String value = ValueKind.name(raw);
        if (value != null) {
            kept.putIfAbsent(name, value);
        }
    }

    void content(boolean prompt, int rank, Object raw) {
        used = true;
        int index = prompt ? 0 : 1;
        if (rank < contentRanks[index]) {
            contents[index] = text(raw);
            contentRanks[index] = rank;
        }
    }

    void kind(SpanKind found, int rank) {
        if (rank < kindRank) {
            kind = found;
            kindRank = rank;
        }
    }

    void countUnreadable() {
        used = true;
        unreadable++;
    }

    /** Takes an input feature: a number, or else a category. */
    public void feature(String name, Object raw) {
        used = true;
        if (raw instanceof Number) {
            Double number = ValueKind.number(raw);
            if (number != null) {
                numericFeatures.put(name, number);
            }
        } else {
            String category = ValueKind.name(raw);
            if (category != null) {
                categoricalFeatures.put(name, category);
            }
        }
    }

    /** Settles the kind when the span's name has a say in it. */
    public SpanKind kind(MappingTable table, String spanName) {
        MappingTable.SpanKindRule rule = table.kindOfName(spanName);
        if (rule != null) {
            kind(rule.kind(), rule.rank());
        }
        return kind;
    }

    /** A value of the call, or null. */
    public Object call(CallField field) {
        return call[field.ordinal()];
    }

    /** A slice field, or null. */
    public String fact(Fact fact) {
        return facts[fact.ordinal()];
    }

    /** Text of the prompt, or null. */
    public String prompt() {
        return contents[0];
    }

    /** Text of the response, or null. */
    public String response() {
        return contents[1];
    }

    /** Attributes that are kept, by their name in the contract; changes with this draft. */
    public Map<String, String> kept() {
        return kept;
    }

    Map<String, Double> numericFeatures() {
        return numericFeatures;
    }

    Map<String, String> categoricalFeatures() {
        return categoricalFeatures;
    }

    /** Values that could not be read as what they should be. */
    public int unreadable() {
        return unreadable;
    }

    /** Every slice field but the tenant, by its name in the contract. */
    public Map<String, String> facts() {
        Map<String, String> named = Map.of();
        if (!hasFacts) {
            return named;
        }
        for (Fact fact : FACTS) {
            String value = facts[fact.ordinal()];
            if (value != null && fact != Fact.TENANT) {
                named = named.isEmpty() ? new HashMap<>() : named;
                named.put(fact.fieldName(), value);
            }
        }
        return named;
    }

    /** A short text on one line, or null. */
    public static String name(Object raw) {
        return ValueKind.name(raw);
    }

    /** A finite number, or null. */
    public static Double number(Object raw) {
        return ValueKind.number(raw);
    }

    /** A text as it is, anything else as JSON. */
    public static String text(Object raw) {
        if (raw instanceof String text) {
            return text;
        }
        try {
            return JSON.writeValueAsString(raw);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("values of attributes are texts, numbers, flags, lists and maps", e);
        }
    }
}
