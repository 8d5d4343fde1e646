package io.tidemark.gateway.otlp;

import io.tidemark.gateway.mapping.Fact;
import io.tidemark.gateway.mapping.SpanDraft;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads the resource of a group of spans or log records, wherever in the group it stands. */
final class ResourceReader {

    private static final int RESOURCE = Wire.message(1);
    private static final int ATTRIBUTES = Wire.message(1);

    private final AttributeReader attributes;
    private final TextPolicy policy;
    private final TenantRule tenants;
    private final SpanDraft draft = new SpanDraft();

    ResourceReader(AttributeReader attributes, TextPolicy policy, TenantRule tenants) {
        this.attributes = attributes;
        this.policy = policy;
        this.tenants = tenants;
    }

    /** @param group a ResourceSpans or ResourceLogs message, read to its end */
    ResourceFacts read(Wire group) throws IOException, BodyTooLargeException, TenantMismatchException {
        draft.clear();
        for (int tag = group.next(); tag != 0; tag = group.next()) {
            if (tag == RESOURCE) {
                resource(group);
            } else {
                group.skip(tag);
            }
        }
        return new ResourceFacts(tenants.tenant(draft.fact(Fact.TENANT)), facts(draft, policy), kept(draft, policy));
    }

    private void resource(Wire wire) throws IOException, BodyTooLargeException {
        int outer = wire.enter();
        for (int tag = wire.next(); tag != 0; tag = wire.next()) {
            if (tag == ATTRIBUTES) {
                attributes.read(wire, draft, draft);
            } else {
                wire.skip(tag);
            }
        }
        wire.leave(outer);
    }

    /** Slice fields as they may be stored. */
    static Map<String, String> facts(SpanDraft draft, TextPolicy policy) {
        Map<String, String> facts = draft.facts();
        if (!facts.isEmpty()) {
            facts.replaceAll(policy::fact);
        }
        return facts;
    }

    /** Kept attributes as they may be stored. */
    static Map<String, String> kept(SpanDraft draft, TextPolicy policy) {
        if (draft.kept().isEmpty()) {
            return Map.of();
        }
        Map<String, String> kept = new HashMap<>(draft.kept());
        kept.replaceAll((name, value) -> policy.name(value));
        return kept;
    }
}
