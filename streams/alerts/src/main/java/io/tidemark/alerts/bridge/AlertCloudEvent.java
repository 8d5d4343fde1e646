package io.tidemark.alerts.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.contracts.avro.Alert;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/** An alert event as a CloudEvent: its id is the alert and the number of the state, its data the contract in Avro's JSON encoding. */
final class AlertCloudEvent {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AlertCloudEvent() {}

    static String of(Alert alert) {
        try {
            ObjectNode event = JSON.createObjectNode();
            event.put("specversion", "1.0");
            event.put("id", alert.getAlertId() + "/" + alert.getSequence());
            event.put("source", "/tidemark/rules/" + alert.getRuleId());
            event.put("type", "io.tidemark.alert.v1");
            event.put("subject", alert.getAlertId());
            event.put("time", alert.getEventTime().toString());
            event.put("datacontenttype", "application/json");
            event.set("data", JSON.readTree(data(alert)));
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro's JSON is JSON", e);
        }
    }

    private static String data(Alert alert) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Encoder encoder = EncoderFactory.get().jsonEncoder(Alert.getClassSchema(), bytes);
            new SpecificDatumWriter<>(Alert.class).write(alert, encoder);
            encoder.flush();
            return bytes.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }
}
