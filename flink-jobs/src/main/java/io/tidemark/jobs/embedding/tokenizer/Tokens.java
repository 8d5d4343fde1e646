package io.tidemark.jobs.embedding.tokenizer;

/**
 * A text as a model sees it.
 *
 * @param ids ids of its tokens, the first and last of which are the model's marks of start and end
 * @param truncated whether the text had more tokens than the model takes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record Tokens(int[] ids, boolean truncated) {}
