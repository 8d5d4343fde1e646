package io.tidemark.consumers;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.alert.AlertIds;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;
import io.tidemark.contracts.avro.Evidence;
import io.tidemark.contracts.avro.Severity;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.VersionTupleRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Alerts as the lifecycle writes them. */
final class Alerts {

    private Alerts() {}

    static VersionTuple version(String prompt) {
        return new VersionTuple("model-1", "none", prompt, "tools-1", "none", "pass-1", "serve-1");
    }

    /** A firing alert of a release, that asks for a rollback. */
    static Alert rollback(String release, Instant now, String adapter, String target) {
        Instant time = now.truncatedTo(ChronoUnit.MICROS);
        VersionTupleRecord candidate = version("p8").toAvro();
        SliceRef slice = SliceRef.newBuilder()
                .setSliceLevel("tenant_version")
                .setTenant("tenant-a")
                .setVersionId(version("p8").versionId())
                .setVersion(candidate)
                .setRole(TrafficRole.CANARY)
                .setLabels(Map.of())
                .build();
        Instant onset = time.minusSeconds(40);
        return Alert.newBuilder()
                .setAlertId(AlertIds.alertId("release/" + release, slice, onset))
                .setRuleId("release/" + release)
                .setReleaseId(release)
                .setDecisionId("decision-of-" + release)
                .setSlice(slice)
                .setState(AlertState.FIRING)
                .setSeverity(Severity.CRITICAL)
                .setAction("rollback")
                .setKind("verdict")
                .setOnsetTime(onset)
                .setEventTime(time)
                .setFiredTime(time)
                .setLastSignalTime(time)
                .setExpiresTime(time.plusSeconds(900))
                .setCandidate(candidate)
                .setRollbackTarget(version("p7").toAvro())
                .setTargetAdapter(adapter)
                .setTarget(target)
                .setEvidence(List.of(Evidence.newBuilder()
                        .setMeasure("errors")
                        .setObserved(0.12)
                        .setExpected(0.01)
                        .setEValue(900.0)
                        .setN(180)
                        .build()))
                .setSummary("errors of the candidate are up")
                .build();
    }
}
