package io.tidemark.consumers.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every target keeps. A new target gets a subclass. */
abstract class ActionTargetContract {

    abstract ActionTarget target();

    /** Name of a target on which the candidate serves, or the training can be started. */
    abstract String existing();

    /** Name of a target that does not exist. */
    abstract String missing();

    /** Lets somebody else change the target. */
    abstract void changeBySomebodyElse() throws Exception;

    static ActionRequest request(String decision, String name) {
        return new ActionRequest(decision, "rollback", name, Optional.of("version-8"), "{\"decision_id\":\"x\"}");
    }

    @Test
    void aRequestHasItsEffectAndIsKnownAfterwards() throws Exception {
        ActionRequest request = request("d1", existing());
        TargetState before = target().read(request);
        assertThat(before.isServingCandidate()).isTrue();
        assertThat(before.isDone(request)).isFalse();

        target().act(request, before);

        TargetState after = target().read(request);
        assertThat(after.isDone(request)).isTrue();
        assertThat(after.isServingCandidate()).isFalse();
        assertThat(Json.object(after.json())).isNotEmpty();
    }

    @Test
    void anotherDecisionIsNotTakenForDone() throws Exception {
        ActionRequest first = request("d1", existing());
        target().act(first, target().read(first));

        assertThat(target().read(request("d2", existing())).isDone(request("d2", existing())))
                .isFalse();
    }

    @Test
    void aTargetThatSomebodyElseChangedIsNotTouched() throws Exception {
        ActionRequest request = request("d1", existing());
        TargetState before = target().read(request);
        changeBySomebodyElse();

        assertThatThrownBy(() -> target().act(request, before))
                .isInstanceOfSatisfying(
                        TargetException.class, e -> assertThat(e.kind()).isEqualTo(TargetException.Kind.CONFLICT));
        assertThat(target().read(request).isDone(request)).isFalse();
    }

    @Test
    void anUnknownTargetIsRefusedByName() {
        ActionRequest request = request("d1", missing());
        assertThatThrownBy(() -> target().read(request))
                .isInstanceOfSatisfying(
                        TargetException.class, e -> assertThat(e.kind()).isEqualTo(TargetException.Kind.REFUSED))
                .hasMessageContaining(missing());
    }
}
