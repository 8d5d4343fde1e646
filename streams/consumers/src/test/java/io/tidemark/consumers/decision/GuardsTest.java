package io.tidemark.consumers.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.ActionPhase;
import io.tidemark.contracts.avro.Evidence;
import io.tidemark.registry.TrustedRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GuardsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String CHAT = "webhook:chat";

    private final Ledger ledger = new Ledger("rollback", true);
    private final Guards guards = new Guards(settings(Set.of("acme"), Set.of(CHAT, "kserve-isvc:*")), ledger);

    @BeforeAll
    static void trust() {
        TrustedRecords.register();
    }

    @Test
    void aFreshDecisionWithinItsLimitsIsCarriedOut() {
        assertThat(guards.refusal(decision("d1", "acme", CHAT), NOW)).isEmpty();
        assertThat(guards.refusal(decision("d1", "acme", "kserve-isvc:ns/any"), NOW))
                .isEmpty();
    }

    @Test
    void onlyWhatIsListedMayBeActedOn() {
        assertThat(guards.refusal(decision("d1", "globex", CHAT), NOW))
                .hasValue("tenant 'globex' is not on the allow-list");
        assertThat(guards.refusal(decision("d1", "acme", "webhook:other"), NOW))
                .hasValue("target 'webhook:other' is not on the allow-list");
    }

    @Test
    void aTargetOnWhichSomethingIsUnderWayIsLeftAlone() {
        ledger.add(action("d0", ActionPhase.INTENDED, NOW.minusSeconds(3_000)));
        assertThat(guards.refusal(decision("d1", "acme", CHAT), NOW))
                .hasValueSatisfying(reason -> assertThat(reason).contains("under way: decision d0"));
        ledger.add(action("d0", ActionPhase.DONE, NOW.minusSeconds(2_999)));
        assertThat(guards.refusal(decision("d1", "acme", CHAT), NOW)).isPresent();
        ledger.add(action("d0", ActionPhase.VERIFIED, NOW.minusSeconds(2_000)));
        assertThat(guards.refusal(decision("d1", "acme", CHAT), NOW)).isEmpty();
    }

    @Test
    void aTargetCoolsDownFromTheTimeItWasActedOn() {
        settle("d0", NOW.minusSeconds(599));
        assertThat(guards.refusal(decision("d1", "acme", CHAT), NOW))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("cooling down: 'webhook:chat'"));
        assertThat(guards.refusal(decision("d1", "acme", CHAT), NOW.plusSeconds(1)))
                .isEmpty();
    }

    @Test
    void actionsAreCappedForATargetAndForAll() {
        settle("d0", NOW.minusSeconds(3_000));
        settle("d00", NOW.minusSeconds(2_000));
        assertThat(guards.refusal(decision("d1", "acme", CHAT), NOW))
                .hasValue("capped: 2 actions on 'webhook:chat' within 3600 s");
        assertThat(guards.refusal(decision("d1", "acme", "kserve-isvc:a"), NOW)).isEmpty();
        ledger.add(elsewhere("d000", ActionPhase.INTENDED, NOW.minusSeconds(1_000)));
        assertThat(guards.refusal(decision("d1", "acme", "kserve-isvc:b"), NOW))
                .hasValue("capped: 3 actions within 3600 s");
    }

    @Test
    void aRefusedDecisionIsSettledAndCountsAsNoAction() {
        ledger.add(action("d0", ActionPhase.REFUSED, NOW.minusSeconds(1)));
        assertThat(ledger.isSettled("d0")).isTrue();
        assertThat(guards.refusal(decision("d1", "acme", CHAT), NOW)).isEmpty();
    }

    @Test
    void aPersonNeedsNoEvidence() {
        Decision decision = decision("d1", "acme", CHAT);
        Decision commanded = new Decision(
                decision.id(),
                decision.kind(),
                decision.alertId(),
                decision.tenant(),
                decision.ruleId(),
                decision.releaseId(),
                decision.target(),
                decision.scope(),
                decision.candidate(),
                decision.rollbackTarget(),
                decision.eventTime(),
                decision.onset(),
                decision.fired(),
                decision.expires(),
                List.of(),
                "commanded by anna");
        assertThat(guards.refusal(commanded, NOW)).isEmpty();
    }

    @Test
    void aDryRunNeedsNobodysLeave() {
        Guards dry = new Guards(
                new GuardSettings(
                        false,
                        Set.of(),
                        Set.of(),
                        Duration.ofMinutes(10),
                        Duration.ZERO,
                        1,
                        1,
                        Duration.ofHours(1),
                        30,
                        3,
                        false),
                ledger);
        assertThat(dry.refusal(decision("d1", "globex", "webhook:other"), NOW)).isEmpty();
    }

    private void settle(String decision, Instant acted) {
        ledger.add(action(decision, ActionPhase.INTENDED, acted));
        ledger.add(action(decision, ActionPhase.DONE, acted));
        ledger.add(action(decision, ActionPhase.VERIFIED, acted));
    }

    private static GuardSettings settings(Set<String> tenants, Set<String> targets) {
        return new GuardSettings(
                true,
                tenants,
                targets,
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                2,
                3,
                Duration.ofHours(1),
                30,
                3,
                false);
    }

    private static Action action(String decision, ActionPhase phase, Instant recorded) {
        return Action.newBuilder()
                .setDecisionId(decision)
                .setKind("rollback")
                .setScope(CHAT)
                .setPhase(phase)
                .setRecordedTime(recorded)
                .build();
    }

    private static Action elsewhere(String decision, ActionPhase phase, Instant recorded) {
        Action action = action(decision, phase, recorded);
        action.setScope("kserve-isvc:z");
        return action;
    }

    private static Decision decision(String id, String tenant, String target) {
        Evidence evidence = Evidence.newBuilder().setEValue(500.0).setN(200).build();
        return new Decision(
                id,
                "rollback",
                Optional.of("alert"),
                tenant,
                "release/r1",
                Optional.of("r1"),
                TargetName.parse("target", target),
                target,
                Optional.empty(),
                Optional.empty(),
                NOW.minusSeconds(5),
                NOW.minusSeconds(60),
                Optional.empty(),
                Optional.empty(),
                List.of(evidence),
                "");
    }
}
