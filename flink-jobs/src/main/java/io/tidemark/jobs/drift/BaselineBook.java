package io.tidemark.jobs.drift;

import io.tidemark.contracts.avro.Baseline;
import io.tidemark.contracts.avro.BaselineState;
import io.tidemark.jobs.drift.profile.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The baselines that are known, and which of them is in force for whom. */
public final class BaselineBook {

    private static final Logger LOG = LoggerFactory.getLogger(BaselineBook.class);
    private static final String EVERY_TENANT = "";

    private final Map<String, Baseline> descriptions = new TreeMap<>();
    private final Map<String, Profile> profiles = new HashMap<>();
    private final Map<String, List<Baseline>> early = new HashMap<>();
    private Active active = new Active(Map.of());

    /** The baselines in force at one moment, by tenant. */
    public static final class Active {

        private final Map<String, Profile> byTenant;

        private Active(Map<String, Profile> byTenant) {
            this.byTenant = Map.copyOf(byTenant);
        }

        /** The baseline of a tenant: its own, or the one for all. */
        public Optional<Profile> of(String tenant) {
            Profile own = byTenant.get(tenant);
            return Optional.ofNullable(own == null ? byTenant.get(EVERY_TENANT) : own);
        }

        public boolean isEmpty() {
            return byTenant.isEmpty();
        }
    }

    /** Takes up records of the topic in their order; one of a layout that this build does not know is passed over. */
    public void add(List<Baseline> records) {
        for (Baseline record : records) {
            if (record.getVersion() != BaselineRecords.VERSION) {
                LOG.error(
                        "baseline '{}' has layout {}, this build reads {}: it is not used",
                        record.getBaselineId(),
                        record.getVersion(),
                        BaselineRecords.VERSION);
            } else if (record.getSlice() == null) {
                describe(record);
            } else {
                addCell(record);
            }
        }
        if (!records.isEmpty()) {
            activate();
        }
    }

    private void describe(Baseline description) {
        descriptions.put(description.getBaselineId(), description);
        Profile profile =
                profiles.computeIfAbsent(description.getBaselineId(), unused -> BaselineRecords.profile(description));
        List<Baseline> cells = early.remove(description.getBaselineId());
        if (cells != null) {
            cells.forEach(cell -> put(profile, cell));
        }
    }

    private void addCell(Baseline part) {
        Profile profile = profiles.get(part.getBaselineId());
        if (profile == null) {
            early.computeIfAbsent(part.getBaselineId(), unused -> new ArrayList<>())
                    .add(part);
        } else {
            put(profile, part);
        }
    }

    /** A part of embeddings alone has no counts. */
    private static void put(Profile profile, Baseline part) {
        if (!part.getMeasures().isEmpty()) {
            profile.put(BaselineRecords.cell(part));
        }
    }

    /** Of two active baselines for the same tenant the later one counts. */
    private void activate() {
        Map<String, Profile> byTenant = new HashMap<>();
        descriptions.values().stream()
                .filter(each -> each.getState() == BaselineState.ACTIVE)
                .sorted(Comparator.comparing(Baseline::getCreatedTime).thenComparing(Baseline::getBaselineId))
                .forEach(each -> byTenant.put(
                        each.getTenant() == null ? EVERY_TENANT : each.getTenant(),
                        profiles.get(each.getBaselineId())));
        active = new Active(byTenant);
    }

    /** What is in force now. */
    public Active active() {
        return active;
    }

    /** A baseline, whatever its state. */
    public Optional<Profile> profile(String id) {
        return Optional.ofNullable(profiles.get(id));
    }

    /** What is known of each baseline, by id. */
    public Map<String, Baseline> descriptions() {
        return Map.copyOf(descriptions);
    }
}
