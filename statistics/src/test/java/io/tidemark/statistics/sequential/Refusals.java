package io.tidemark.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.StatisticsException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertion that a call is refused with a code. */
public final class Refusals {

    private Refusals() {}

    public static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatisticsException.class, refused -> assertThat(refused.code())
                .isEqualTo(code));
    }
}
