package io.tidemark.consumers.target;

import java.util.Optional;

/** Changes nothing: stands for the target of a consumer that is not armed. */
public final class DryRunTarget implements ActionTarget {

    /** Name of the adapter. */
    public static final String ADAPTER = "dry-run";

    @Override
    public String adapter() {
        return ADAPTER;
    }

    @Override
    public TargetState read(ActionRequest request) {
        return new TargetState("", true, Optional.empty(), "{\"dry_run\":true}");
    }

    @Override
    public void act(ActionRequest request, TargetState seen) {
        // that is the point of it
    }
}
