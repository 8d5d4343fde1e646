package io.tidemark.gateway.mapping;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An attribute that the table knows. */
public final class MappedAttribute {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<AttributeAction> actions = new ArrayList<>();
    private final Map<String, List<AttributeAction>> actionsByKey = new HashMap<>();
    private final List<AttributeAction> factActions = new ArrayList<>();
    private boolean needed;
    private boolean text;

    void add(String key, AttributeAction action) {
        needed = true;
        if (key == null) {
            actions.add(action);
        } else {
            actionsByKey.computeIfAbsent(key, each -> new ArrayList<>()).add(action);
        }
    }

    void addContent(AttributeAction action) {
        text = true;
        actions.add(action);
    }

    void addFact(AttributeAction action) {
        factActions.add(action);
        add(null, action);
    }

    /** Whether its value is worth reading; an attribute that holds nothing but text is not while content is not captured. */
    public boolean isNeeded(boolean captureContent) {
        return needed || captureContent;
    }

    /** Whether it holds a prompt or a response, which may be longer than other attributes. */
    public boolean holdsText() {
        return text;
    }

    /** Whether it names a slice field. */
    public boolean isFact() {
        return !factActions.isEmpty();
    }

    /** Applies a value of the span or resource. */
    public void apply(Object value, SpanDraft draft) {
        for (AttributeAction action : actions) {
            action.apply(value, draft);
        }
        if (!actionsByKey.isEmpty() && value instanceof String text) {
            applyKeys(text, draft);
        }
    }

    /** Applies only what the attribute says about the slice. */
    public void applyFacts(Object value, SpanDraft draft) {
        factActions.forEach(action -> action.apply(value, draft));
    }

    private void applyKeys(String text, SpanDraft draft) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JacksonException e) {
            draft.countUnreadable();
            return;
        }
        actionsByKey.forEach((key, keyed) -> {
            JsonNode child = node == null ? null : node.get(key);
            if (child != null && child.isValueNode() && !child.isNull()) {
                Object value = child.isNumber() ? (Object) child.doubleValue() : child.asText();
                keyed.forEach(action -> action.apply(value, draft));
            }
        });
    }
}
