package io.tidemark.jobs.canary;

import io.tidemark.jobs.canary.pair.PairSums;

/** Both arms of one tenant in one pane, and of a shadow what its pairs say. */
record TenantPane(Cell candidate, Cell control, PairSums pairs) {

    TenantPane() {
        this(new Cell(), new Cell(), new PairSums());
    }
}
