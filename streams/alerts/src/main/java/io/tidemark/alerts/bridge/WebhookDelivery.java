package io.tidemark.alerts.bridge;

import io.tidemark.contracts.avro.Alert;
import io.tidemark.platform.webhook.HttpCaller;
import io.tidemark.platform.webhook.HttpCaller.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Every alert event as a signed CloudEvent, version 1.0, in structured mode. */
final class WebhookDelivery implements Delivery {

    private final URI address;
    private final HttpCaller http;

    WebhookDelivery(URI address, HttpCaller http) {
        this.address = address;
        this.http = http;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public boolean wants(Alert alert) {
        return true;
    }

    @Override
    public Duration resend() {
        return Duration.ZERO;
    }

    @Override
    public Answer send(Alert alert) throws IOException {
        return http.post(address, "application/cloudevents+json", Map.of(), AlertCloudEvent.of(alert));
    }
}
