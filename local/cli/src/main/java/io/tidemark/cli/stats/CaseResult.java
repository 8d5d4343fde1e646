package io.tidemark.cli.stats;

/**
 * What became of one case.
 *
 * @param id of the case
 * @param passed whether got agrees with wanted
 * @param wanted the expected values, as JSON
 * @param got the values that were found or the reason why there are none
 */
record CaseResult(String id, boolean passed, String wanted, String got) {}
