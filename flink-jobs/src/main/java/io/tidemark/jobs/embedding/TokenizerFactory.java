package io.tidemark.jobs.embedding;

import io.tidemark.jobs.embedding.tokenizer.WordPieceTokenizer;
import java.io.IOException;
import java.io.Serializable;

/** Makes a tokenizer in the process that needs it. */
@FunctionalInterface
public interface TokenizerFactory extends Serializable {

    /**
     * A tokenizer for one thread.
     *
     * @throws IOException when its vocabulary cannot be read
     */
    WordPieceTokenizer create() throws IOException;
}
