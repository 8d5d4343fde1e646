package io.tidemark.jobs.embedding;

import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the operator that embeds, which needs the mailbox of its task. */
public final class EmbeddingOperatorFactory extends AbstractStreamOperatorFactory<ScoredText>
        implements OneInputStreamOperatorFactory<TokenisedText, ScoredText> {

    private static final long serialVersionUID = 1L;

    private final BackendFactory backends;
    private final BatchSettings settings;

    /** An operator over a backend of its own. */
    public EmbeddingOperatorFactory(BackendFactory backends, BatchSettings settings) {
        this.backends = backends;
        this.settings = settings;
    }

    @Override
    @SuppressWarnings("unchecked") // the interface of Flink leaves no other way
    public <T extends StreamOperator<ScoredText>> T createStreamOperator(
            StreamOperatorParameters<ScoredText> parameters) {
        return (T) new EmbeddingOperator(parameters, backends, settings);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface of Flink has it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return EmbeddingOperator.class;
    }
}
