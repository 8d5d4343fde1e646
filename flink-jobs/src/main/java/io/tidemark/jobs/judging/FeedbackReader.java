package io.tidemark.jobs.judging;

import io.tidemark.contracts.avro.Outcome;
import io.tidemark.jobs.source.OutcomeSelection;
import io.tidemark.jobs.source.RegistryFactory;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Takes from the outcomes topic what users say of answers. */
final class FeedbackReader extends OutcomeSelection<Feedback> {

    private static final long serialVersionUID = 1L;

    FeedbackReader(RegistryFactory registry) {
        super(registry);
    }

    @Override
    protected Optional<Feedback> select(Outcome outcome) {
        return Feedback.of(outcome);
    }

    @Override
    public TypeInformation<Feedback> getProducedType() {
        return Feedback.TYPE;
    }
}
