package io.tidemark.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.stack.StackState;
import io.tidemark.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Examines the machine and the running stack. */
@Command(
        name = "doctor",
        description =
                "Check prerequisites, ports, disk and the running stack, and say what to do. Fails when something is broken.",
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Option(names = "--json", description = "One JSON object for each finding.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        Terminal terminal = Terminal.of(spec);
        List<Finding> findings = new ArrayList<>(MachineChecks.run(stack.data(), stack.minimumFreeBytes()));
        Optional<StackEndpoints> endpoints = RunningStack.find(stack);
        if (endpoints.isPresent()) {
            findings.addAll(ofStack(endpoints.get()));
        } else {
            findings.add(
                    Finding.ok("stack", "none is running in " + stack.data().root()));
        }
        for (Finding finding : findings) {
            terminal.print(json ? new ObjectMapper().writeValueAsString(finding) : finding.text());
        }
        return findings.stream().anyMatch(finding -> finding.state() == Finding.State.FAILED) ? 1 : 0;
    }

    private List<Finding> ofStack(StackEndpoints endpoints) {
        List<Finding> findings = new ArrayList<>();
        Optional<StackState> state = StackState.ofRunning(stack.data());
        state.ifPresent(each -> findings.addAll(StackChecks.processes(each)));
        Finding kafka = StackChecks.kafka(endpoints);
        findings.add(kafka);
        findings.add(StackChecks.registry(endpoints));
        findings.add(StackChecks.clickHouse(endpoints));
        if (kafka.state() == Finding.State.OK) {
            findings.add(LagCheck.ofSink(endpoints));
        }
        state.ifPresent(each -> findings.addAll(MetricsChecks.run(each)));
        return findings;
    }
}
