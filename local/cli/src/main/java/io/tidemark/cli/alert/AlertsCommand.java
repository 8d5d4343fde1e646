package io.tidemark.cli.alert;

import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.cli.terminal.TextTable;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows alerts. */
@Command(
        name = "alerts",
        description = "Show the alerts that stand; with --follow, what becomes of them.",
        mixinStandardHelpOptions = true,
        subcommands = {AlertsTestCommand.class, AcknowledgeCommand.class})
public final class AlertsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Option(names = "--follow", description = "Show every change as it comes; stop with Ctrl-C.")
    private boolean follow;

    @Option(names = "--all", description = "Also those that have lately ended.")
    private boolean all;

    @Option(names = "--limit", paramLabel = "N", description = "With --follow: end after so many changes.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(spec);
        StackEndpoints endpoints = RunningStack.require(stack);
        if (follow) {
            follow(terminal, endpoints);
        } else {
            show(terminal, standing(endpoints));
        }
        return 0;
    }

    private List<AlertView> standing(StackEndpoints endpoints) {
        try (AvroTail<Alert> states = new AvroTail<>(endpoints, TopicCatalogue.ALERT_STATES.name(), Alert.class)) {
            return states.readLatest().values().stream()
                    .filter(alert -> all || isOpen(alert))
                    .sorted(Comparator.comparing(Alert::getSeverity).reversed().thenComparing(Alert::getOnsetTime))
                    .map(AlertView::of)
                    .toList();
        }
    }

    private void show(Terminal terminal, List<AlertView> alerts) {
        if (json) {
            alerts.forEach(alert -> terminal.print(alert.json()));
            return;
        }
        if (alerts.isEmpty()) {
            terminal.note(all ? "no alerts" : "no alert stands; --all also shows those that have lately ended");
            return;
        }
        TextTable table = new TextTable(AlertView.header());
        alerts.forEach(alert -> table.add(alert.cells()));
        table.lines().forEach(terminal::print);
    }

    private void follow(Terminal terminal, StackEndpoints endpoints) {
        try (AvroTail<Alert> events = new AvroTail<>(endpoints, TopicCatalogue.ALERTS.name(), Alert.class)) {
            events.skipToEnd();
            terminal.note("waiting for alerts; stop with Ctrl-C");
            long shown = 0;
            while (shown < limit) {
                for (Alert alert : events.next()) {
                    AlertView view = AlertView.of(alert);
                    if (shown++ < limit) {
                        terminal.print(json ? view.json() : view.line());
                    }
                }
            }
        }
    }

    private static boolean isOpen(Alert alert) {
        return switch (alert.getState()) {
            case PENDING, FIRING, SUPPRESSED -> true;
            case RESOLVED, EXPIRED, UNKNOWN -> false;
        };
    }
}
