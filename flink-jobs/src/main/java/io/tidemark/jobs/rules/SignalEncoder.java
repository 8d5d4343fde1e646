package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.Evidence;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.registry.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Writes signals for their topics; their ids depend on rule, slice and event time alone. */
final class SignalEncoder {

    private static final int ID_DIGITS = 32;

    private final AvroSerializer<Signal> signals;
    private final String signalsTopic;
    private final String autoscalingTopic;

    SignalEncoder(AvroSerializer<Signal> signals, String run) {
        this.signals = signals;
        this.signalsTopic = TopicCatalogue.SIGNALS.nameInRun(run);
        this.autoscalingTopic = TopicCatalogue.AUTOSCALING.nameInRun(run);
    }

    OutputRecord signal(Signal signal) {
        String name = name(signal);
        signal.setSignalId(hash(name + '|' + signal.getEventTime().toEpochMilli()));
        return OutputRecord.of(
                signalsTopic, name.getBytes(StandardCharsets.UTF_8), signals.serialize(signalsTopic, signal));
    }

    /** A signal for machines that steer: JSON, because they are of any make. */
    OutputRecord autoscaling(Signal signal) {
        Evidence evidence = signal.getEvidence().get(0);
        SliceRef slice = signal.getSlice();
        String json = String.format(
                Locale.ROOT,
                "{\"rule\":%s,\"active\":%b,\"slice\":{\"level\":%s,\"role\":%s,\"tenant\":%s,\"version_id\":%s,"
                        + "\"provider\":%s,\"provider_key_id\":%s},\"since\":\"%s\",\"event_time\":\"%s\","
                        + "\"measure\":%s,\"observed\":%s,\"threshold\":%s,\"n\":%d,\"summary\":%s}",
                quoted(signal.getRuleId()),
                signal.getBreached(),
                quoted(slice.getSliceLevel()),
                quoted(slice.getRole().name().toLowerCase(Locale.ROOT)),
                quoted(slice.getTenant()),
                quoted(slice.getVersionId()),
                quoted(slice.getLabels().get(SliceName.PROVIDER)),
                quoted(slice.getLabels().get(SliceName.PROVIDER_KEY)),
                signal.getOnsetTime(),
                signal.getEventTime(),
                quoted(evidence.getMeasure()),
                number(evidence.getObserved()),
                number(evidence.getThreshold()),
                evidence.getN(),
                quoted(signal.getSummary()));
        return OutputRecord.json(autoscalingTopic, name(signal), json);
    }

    private static String name(Signal signal) {
        return signal.getRuleId() + '|' + SliceName.text(signal.getSlice());
    }

    /** JSON has no infinity. */
    private static String number(Double value) {
        return value == null || !Double.isFinite(value) ? "null" : value.toString();
    }

    private static String quoted(String text) {
        if (text == null) {
            return "null";
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
