package io.tidemark.jobs.canary.pair;

/** Answers for tests: of trace 1 of one tenant, at a second. */
public final class Answers {

    private Answers() {}

    /** An answer of the shadow, which costs 120 and takes 2 s, and that a judge is to look at. */
    public static Answer shadow(int second, String text) {
        return answer(true, 1, 0, second, text, 120, 2_000_000);
    }

    /** An answer of production, which costs 100 and takes 1 s. */
    public static Answer production(int second, String text) {
        return answer(false, 1, 0, second, text, 100, 1_000_000);
    }

    /** Any answer. */
    public static Answer answer(
            boolean isShadow, long trace, long session, int second, String text, long cost, long latency) {
        return new Answer(
                "release-1",
                isShadow,
                isShadow ? AgreementRule.JUDGE.bit() | AgreementRule.EMBEDDING.bit() : 0,
                "acme",
                "trace-" + trace,
                "refund",
                trace,
                session,
                second * 10L + (isShadow ? 1 : 2),
                second * 1_000_000L,
                text == null ? AnswerText.UNKNOWN : AnswerText.hash(text),
                cost,
                latency,
                isShadow ? 1 : 0,
                Answer.UNKNOWN);
    }
}
