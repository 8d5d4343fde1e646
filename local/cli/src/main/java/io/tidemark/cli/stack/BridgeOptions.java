package io.tidemark.cli.stack;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Where live alerts go besides their topic. */
public final class BridgeOptions {

    @Option(
            names = "--alertmanager-url",
            paramLabel = "URL",
            defaultValue = "${env:TIDEMARK_BRIDGE_ALERTMANAGER_URL:-}",
            description = "Tell this Alertmanager of every alert, for example http://host:9093.")
    private String alertmanager;

    @Option(
            names = "--alert-webhook-url",
            paramLabel = "URL",
            defaultValue = "${env:TIDEMARK_BRIDGE_WEBHOOK_URL:-}",
            description = "Send every change of an alert to this address, as a CloudEvent.")
    private String webhook;

    /** Settings of the bridges; empty when alerts go nowhere else. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        if (!alertmanager.isEmpty()) {
            settings.put("bridge.alertmanager-url", alertmanager);
        }
        if (!webhook.isEmpty()) {
            settings.put("bridge.webhook-url", webhook);
        }
        return settings;
    }

    /** What people are told. */
    List<String> lines() {
        return settings().isEmpty()
                ? List.of("alerts        on the topic only; --alertmanager-url or --alert-webhook-url send them on")
                : settings().values().stream()
                        .map(url -> "alerts        are sent on to " + url)
                        .toList();
    }
}
