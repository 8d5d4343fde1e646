package io.tidemark.jobs.canary;

/** Both arms of one tenant in one pane. */
record TenantPane(Cell candidate, Cell control) {

    TenantPane() {
        this(new Cell(), new Cell());
    }
}
