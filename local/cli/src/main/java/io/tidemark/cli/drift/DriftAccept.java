package io.tidemark.cli.drift;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.query.SqlClient;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.contracts.avro.BaselineSource;
import io.tidemark.contracts.avro.BaselineState;
import io.tidemark.jobs.drift.profile.Profile.ProfileHead;
import io.tidemark.jobs.drift.profile.ProfileBuilder;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Accepts what a window looks like as the new baseline. */
@Command(
        name = "accept",
        description = "Make the window of a drift test the new baseline of its tenant, and put it in force.",
        mixinStandardHelpOptions = true)
final class DriftAccept implements Callable<Integer> {

    private static final int ID_DIGITS = 12;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Parameters(paramLabel = "DRIFT", description = "Id of the drift test.")
    private String id;

    @Option(names = "--actor", paramLabel = "NAME", description = "Who does this, for the audit (default: the user).")
    private String actor = System.getProperty("user.name", "unknown");

    @Override
    public Integer call() {
        StackEndpoints endpoints = RunningStack.require(stack);
        JsonNode test = new StoredDrift(new SqlClient(endpoints.clickHouse())).byId(id);
        String name = test.path("tenant").asText();
        Optional<String> tenant = name.isEmpty() ? Optional.empty() : Optional.of(name);
        Instant from = Instant.ofEpochMilli(test.path("started_millis").asLong());
        Instant to = from.plusSeconds(test.path("window_seconds").asLong());
        ProfileBuilder builder = new ProfileBuilder();
        new PastTraffic(endpoints.clickHouse()).addTo(builder, tenant, from, to, 1);
        if (builder.rows() == 0) {
            throw new CommandFailure("the traces of the window from %s to %s are no longer stored".formatted(from, to));
        }
        ProfileHead head = new ProfileHead(
                "accepted-" + id.substring(0, ID_DIGITS),
                BaselineSource.ACCEPTED_DRIFT,
                "drift of %s, %s to %s".formatted(test.path("measure").asText(), from, to),
                tenant,
                Optional.of(from),
                Optional.of(to),
                Clock.systemUTC().instant(),
                Optional.empty(),
                actor);
        new BaselineLog(endpoints, "").write(builder.build(head), BaselineState.ACTIVE);
        Terminal.of(spec)
                .print("baseline %s (%,d observations) is in force for %s from the next window on"
                        .formatted(
                                head.id(),
                                builder.rows(),
                                tenant.map(each -> "tenant " + each).orElse("all tenants")));
        return 0;
    }
}
