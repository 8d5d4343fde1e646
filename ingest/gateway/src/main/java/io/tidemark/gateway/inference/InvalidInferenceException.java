package io.tidemark.gateway.inference;

/** A JSON object that is no inference. The message names the field and the rule. */
final class InvalidInferenceException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidInferenceException(String field, String rule) {
        super(field + " " + rule);
    }
}
