package io.tidemark.cli.drift;

import io.tidemark.cli.format.TrainingFile;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.BaselineSource;
import io.tidemark.contracts.avro.BaselineState;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.jobs.drift.CellNames;
import io.tidemark.jobs.drift.profile.Profile;
import io.tidemark.jobs.drift.profile.Profile.ProfileHead;
import io.tidemark.jobs.drift.profile.ProfileBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a baseline. */
@Command(
        name = "create",
        description = {
            "Make a baseline from past traffic, from the same hours of several weeks, or from a training file.",
            "It is in force only when it is activated."
        },
        mixinStandardHelpOptions = true)
final class BaselineCreate implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Parameters(paramLabel = "ID", description = "Name of the baseline: letters, digits, dots, dashes.")
    private String id;

    @Option(names = "--from", paramLabel = "INSTANT", description = "Start of the past traffic.")
    private Instant from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "End of the past traffic.")
    private Instant to;

    @Option(
            names = "--weeks",
            paramLabel = "N",
            defaultValue = "1",
            description = "Take the same hours of N weeks, the last of them from --from to --to (default: 1).")
    private int weeks;

    @Option(names = "--training-file", paramLabel = "FILE", description = "CSV or JSON lines, plain or gzip.")
    private Path trainingFile;

    @Option(names = "--tenant", paramLabel = "T", description = "Tenant; needed with a training file (default: all).")
    private String tenant;

    @Option(names = "--trained-at", paramLabel = "INSTANT", description = "When the model was last trained.")
    private Instant trained;

    @Option(names = "--activate", description = "Put it in force at once.")
    private boolean activate;

    @Option(names = "--actor", paramLabel = "NAME", description = "Who does this, for the audit (default: the user).")
    private String actor = System.getProperty("user.name", "unknown");

    @Override
    public Integer call() {
        requireOneSource();
        StackEndpoints endpoints = RunningStack.require(stack);
        ProfileBuilder builder = new ProfileBuilder();
        if (trainingFile == null) {
            new PastTraffic(endpoints.clickHouse()).addTo(builder, Optional.ofNullable(tenant), from, to, weeks);
        } else {
            TrainingFile.read(
                    trainingFile,
                    row -> builder.add(CellNames.of(tenant, VersionTuple.unknown(), TrafficRole.PRODUCTION), row));
        }
        if (builder.rows() == 0) {
            throw new ParameterException(spec.commandLine(), "there is no traffic to make a baseline from");
        }
        Profile profile = builder.build(head());
        new BaselineLog(endpoints, "").write(profile, activate ? BaselineState.ACTIVE : BaselineState.CREATED);
        Terminal.of(spec)
                .print("baseline %s: %,d observations, %d measures, %s"
                        .formatted(
                                id, profile.n(), profile.layouts().size(), activate ? "in force" : "not yet in force"));
        return 0;
    }

    private ProfileHead head() {
        BaselineSource source = trainingFile != null
                ? BaselineSource.TRAINING_FILE
                : weeks > 1 ? BaselineSource.ROLLING : BaselineSource.TIME_RANGE;
        String text = trainingFile != null
                ? trainingFile.getFileName().toString()
                : "%s to %s%s".formatted(from, to, weeks > 1 ? ", %d weeks".formatted(weeks) : "");
        return new ProfileHead(
                id,
                source,
                text,
                Optional.ofNullable(tenant),
                Optional.ofNullable(from),
                Optional.ofNullable(to),
                Clock.systemUTC().instant(),
                Optional.ofNullable(trained),
                actor);
    }

    private void requireOneSource() {
        boolean isRange = from != null && to != null && from.isBefore(to);
        if ((trainingFile != null) == (from != null || to != null) || trainingFile == null && !isRange) {
            throw new ParameterException(spec.commandLine(), "name either --training-file, or --from and a later --to");
        }
        if (trainingFile != null && tenant == null) {
            throw new ParameterException(
                    spec.commandLine(), "a training file names no tenant: say with --tenant whose model it is");
        }
        if (weeks < 1 || !id.matches("[A-Za-z0-9._-]{1,80}")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--weeks must be positive, and the name of a baseline has letters, digits, dots and dashes");
        }
    }
}
