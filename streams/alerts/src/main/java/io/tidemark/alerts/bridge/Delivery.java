package io.tidemark.alerts.bridge;

import io.tidemark.contracts.avro.Alert;
import io.tidemark.platform.webhook.HttpCaller.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Where a bridge delivers alerts to. */
interface Delivery {

    /** Name of the bridge: part of its consumer group and of the dead letters. */
    String name();

    /** Whether an event is sent at all. */
    boolean wants(Alert alert);

    /** Sends one event. */
    Answer send(Alert alert) throws IOException;

    /** How often what fires is sent again; zero: never. */
    Duration resend();

    /** Sends what fires again. */
    default Answer sendAgain(List<Alert> firing) throws IOException {
        throw new IllegalStateException("this bridge sends nothing again");
    }
}
