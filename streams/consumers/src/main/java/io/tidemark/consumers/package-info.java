/**
 * The reference consumers of alerts: one takes bad releases back, one asks for retraining. Both record what they intend, act once,
 * read back and record what came of it. Start reading at {@link io.tidemark.consumers.ActionConsumer}.
 */
package io.tidemark.consumers;
