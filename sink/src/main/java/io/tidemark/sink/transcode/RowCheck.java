package io.tidemark.sink.transcode;

import io.tidemark.contracts.topic.RefusalReason;
import io.tidemark.contracts.trace.TraceAdmission;
import io.tidemark.sink.column.FixedColumn;
import io.tidemark.sink.column.TextColumn;
import io.tidemark.sink.table.StoredTopic;
import io.tidemark.sink.table.TableLayout;

/** What a readable row has to fulfil: looks at the row appended last. */
interface RowCheck {

    /** Why the last row is refused; null when it is not. */
    Refusal refusal(long appendMillis);

    static RowCheck of(StoredTopic topic, TableLayout layout, TraceAdmission admission) {
        TextColumn tenant = (TextColumn) layout.columns().get("tenant");
        FixedColumn eventTime = (FixedColumn) layout.columns().get("event_time");
        if (topic.holdsTraces()) {
            return appendMillis -> admission
                    .refusal(!tenant.lastIsEmpty(), eventTime.last(), appendMillis)
                    .map(reason -> new Refusal(reason, detail(reason, eventTime.last(), appendMillis)))
                    .orElse(null);
        }
        if (topic == StoredTopic.OUTCOMES) {
            return appendMillis ->
                    tenant.lastIsEmpty() ? new Refusal(RefusalReason.MISSING_TENANT, "tenant is empty") : null;
        }
        return appendMillis -> null;
    }

    private static String detail(RefusalReason reason, long eventMicros, long appendMillis) {
        return reason == RefusalReason.MISSING_TENANT
                ? "tenant is empty"
                : "event_time is %d microseconds, append time %d milliseconds".formatted(eventMicros, appendMillis);
    }
}
