package io.tidemark.cli.release;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackOptions;
import io.tidemark.cli.terminal.Terminal;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Guardrail;
import io.tidemark.contracts.avro.RandomisationUnit;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Rollout;
import io.tidemark.contracts.avro.RolloutState;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.release.DecisionIds;
import io.tidemark.contracts.release.ReleaseChecks;
import io.tidemark.contracts.release.ReleasePresets;
import io.tidemark.contracts.release.RolloutHistory;
import io.tidemark.registry.ReleaseLog;
import io.tidemark.registry.TrustedRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a rollout. */
@Command(
        name = "start",
        description = {
            "Start to watch a rollout: candidate against control.",
            "Tuples are written base_model=M,fine_tune=F,prompt=P,tool_schema=T,retrieval_index=R,eval_pass=E,serving=S;",
            "components that the candidate does not name are those of the control."
        },
        mixinStandardHelpOptions = true)
final class ReleaseStart implements Callable<Integer> {

    private static final Map<String, TrafficRole> MODES =
            Map.of("canary", TrafficRole.CANARY, "shadow", TrafficRole.SHADOW, "ab", TrafficRole.PRODUCTION);
    private static final Map<String, RandomisationUnit> UNITS =
            Map.of("session", RandomisationUnit.SESSION_OR_REQUEST, "tenant", RandomisationUnit.TENANT);

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOptions stack;

    @Mixin
    private Actor actor;

    @Option(names = "--release", required = true, paramLabel = "ID", description = "Id of the release; used once.")
    private String release;

    @Option(names = "--control", required = true, paramLabel = "TUPLE", description = "Tuple that serves now.")
    private String control;

    @Option(names = "--candidate", required = true, paramLabel = "TUPLE", description = "Tuple under test.")
    private String candidate;

    @Option(names = "--tenant", paramLabel = "T", description = "Only this tenant (default: all).")
    private String tenant = "*";

    @Option(names = "--mode", paramLabel = "M", description = "canary (default), shadow or ab.")
    private String mode = "canary";

    @Option(names = "--unit", paramLabel = "U", description = "What the router assigns: session (default) or tenant.")
    private String unit = "session";

    @Option(
            names = "--ladder",
            split = ",",
            paramLabel = "P",
            description = "Shares in percent, ascending (default: 1,5,25,50,100).")
    private List<Double> ladder = ReleasePresets.LADDER;

    @Option(names = "--dwell", paramLabel = "PT30M", description = "Shortest stay at a step (default: PT30M).")
    private Duration dwell = Duration.ofMinutes(30);

    @Option(names = "--preset", paramLabel = "P", description = "Guardrails of a kind of service (default: llm-chat).")
    private String preset;

    @Option(
            names = "--guardrail",
            paramLabel = "G",
            description = "In place of a preset, repeatable: errors,relative=0.1,weight=0.3,min=100.")
    private List<String> guardrails = new ArrayList<>();

    @Option(
            names = "--alpha",
            paramLabel = "A",
            description = "Chance of a false rollback over the whole rollout (default: 0.01).")
    private double alpha = 0.01;

    @Option(names = "--target-adapter", paramLabel = "A", description = "What a rollback acts on (default: dry-run).")
    private String targetAdapter = "dry-run";

    @Option(names = "--target", paramLabel = "NAME", description = "Name of the target in the adapter.")
    private String target;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            description = "Event time of the start, for traffic that will be replayed (default: now).")
    private Instant start;

    @Option(
            names = "--override-reason",
            paramLabel = "TEXT",
            description = "Start in spite of an objection; the text is audited.")
    private String overrideReason;

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(spec);
        TrustedRecords.register();
        Rollout rollout = rollout();
        requireNoFault(rollout);
        List<String> objections = ReleaseChecks.objections(rollout);
        if (!objections.isEmpty() && overrideReason == null) {
            throw new CommandFailure("release '%s' is not started: %s. Give --override-reason to do it all the same"
                    .formatted(release, String.join("; ", objections)));
        }
        ReleaseLog log = RunningStack.require(stack).releaseLog("");
        if (RolloutHistory.find(release, log.releases(), List.of()).isPresent()) {
            throw new CommandFailure("there is a release '%s' already; an id is used once".formatted(release));
        }
        log.write(started(rollout, start == null ? Clock.systemUTC().instant() : start));
        objections.forEach(objection -> terminal.note("overridden: " + objection));
        terminal.print("release %s started: %s against %s, ladder %s, %d guardrails"
                .formatted(
                        release,
                        TupleText.text(VersionTuple.from(rollout.getCandidate())),
                        TupleText.text(VersionTuple.from(rollout.getControl())),
                        ladder,
                        rollout.getGuardrails().size()));
        return 0;
    }

    private static void requireNoFault(Rollout rollout) {
        List<String> faults = ReleaseChecks.faults(rollout);
        if (!faults.isEmpty()) {
            throw new CommandFailure(
                    "release '%s' cannot be watched: %s".formatted(rollout.getReleaseId(), String.join("; ", faults)));
        }
    }

    private Rollout rollout() {
        VersionTuple serving = TupleText.parse("--control", control, VersionTuple.unknown());
        VersionTuple tested = TupleText.parse("--candidate", candidate, serving);
        return Rollout.newBuilder()
                .setReleaseId(release)
                .setState(RolloutState.STARTED)
                .setCandidate(tested.toAvro())
                .setControl(serving.toAvro())
                .setMode(choice("--mode", mode, MODES))
                .setUnit(choice("--unit", unit, UNITS))
                .setLadderPercent(ladder)
                .setMinimumDwellSeconds(dwell.toSeconds())
                .setGuardrails(guardrails())
                .setAlpha(alpha)
                .setPreset(guardrails.isEmpty() ? presetName() : null)
                .setTargetAdapter(targetAdapter)
                .setTarget(target)
                .setOverrideReason(overrideReason)
                .build();
    }

    private List<Guardrail> guardrails() {
        if (!guardrails.isEmpty() && preset != null) {
            throw new CommandFailure("--preset and --guardrail exclude each other");
        }
        if (!guardrails.isEmpty()) {
            return guardrails.stream().map(GuardrailText::parse).toList();
        }
        try {
            return ReleasePresets.named(presetName());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("--preset: " + e.getMessage(), e);
        }
    }

    private String presetName() {
        return preset == null ? "llm-chat" : preset;
    }

    private static <T> T choice(String option, String value, Map<String, T> choices) {
        T choice = choices.get(value);
        if (choice == null) {
            throw new CommandFailure("%s = '%s' must be one of %s"
                    .formatted(option, value, choices.keySet().stream().sorted().toList()));
        }
        return choice;
    }

    private Release started(Rollout rollout, Instant now) {
        return Release.newBuilder()
                .setEventId(DecisionIds.eventId(release, "STARTED", now.toEpochMilli()))
                .setTenant(tenant)
                .setEventTime(now)
                .setActor(actor.name())
                .setRollout(rollout)
                .build();
    }
}
