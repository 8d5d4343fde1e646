package io.tidemark.jobs.canary;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is being rolled out: for others who see that a version does badly, and want to say what about it is new. */
public final class RunningReleases {

    private static final Logger LOG = LoggerFactory.getLogger(RunningReleases.class);

    private final ReleaseBook book = new ReleaseBook();

    /**
     * What is new about a version.
     *
     * @param releaseId the rollout
     * @param attribution the component that changed, or NOT_IDENTIFIABLE when there are several
     */
    public record Change(String releaseId, String attribution) {}

    /** Takes an event in; one that cannot be used is logged: the canary job counts it. */
    public void add(Release release) {
        try {
            book.add(release);
        } catch (IllegalArgumentException e) {
            LOG.warn("release left out: {}", e.getMessage());
        }
    }

    /**
     * The rollout that has a version as its candidate at a time.
     *
     * @param tenant tenant; null for all
     * @param millis milliseconds since the epoch
     */
    public Optional<Change> of(VersionTuple version, String tenant, long millis) {
        return book.plans().stream()
                .filter(plan -> plan.candidate().equals(version) && book.isActive(plan.releaseId(), millis))
                .filter(plan -> plan.covers(tenant == null ? RolloutPlan.EVERY_TENANT : tenant))
                .findFirst()
                .map(plan -> new Change(plan.releaseId(), attribution(plan)));
    }

    ReleaseBook book() {
        return book;
    }

    private static String attribution(RolloutPlan plan) {
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < VersionTuple.COMPONENT_NAMES.size(); i++) {
            if ((plan.changedComponents() >> i & 1) != 0) {
                changed.add(VersionTuple.COMPONENT_NAMES.get(i));
            }
        }
        return changed.size() == 1 ? changed.get(0) : ConcurrentCells.NOT_IDENTIFIABLE;
    }
}
