package io.tidemark.jobs.drift;

import io.tidemark.contracts.avro.SliceRef;
import java.util.Map;

/** How two slices lie to one another. */
final class Slices {

    private Slices() {}

    /** Whether a slice is everything of its role. */
    static boolean isWholeStream(SliceRef slice) {
        return dimensions(slice) == 0;
    }

    /** Whether a slice is one tenant, whatever the version and the intent. */
    static boolean isTenant(SliceRef slice) {
        return slice.getTenant() != null && dimensions(slice) == 1;
    }

    /** How many dimensions a slice fixes, besides its role; a version tuple counts as one. */
    static int dimensions(SliceRef slice) {
        return (slice.getTenant() == null ? 0 : 1)
                + (slice.getVersionId() == null ? 0 : 1)
                + (slice.getIntent() == null ? 0 : 1)
                + slice.getLabels().size();
    }

    /** Whether two slices can hold the same trace. */
    static boolean overlap(SliceRef left, SliceRef right) {
        return left.getRole() == right.getRole()
                && agree(left.getTenant(), right.getTenant())
                && agree(left.getVersionId(), right.getVersionId())
                && agree(left.getIntent(), right.getIntent())
                && agree(left.getLabels(), right.getLabels());
    }

    private static boolean agree(String left, String right) {
        return left == null || right == null || left.equals(right);
    }

    private static boolean agree(Map<String, String> left, Map<String, String> right) {
        return left.entrySet().stream().allMatch(each -> agree(each.getValue(), right.get(each.getKey())));
    }

    /** The slice of a tenant as the level {@code tenant} names it. */
    static SliceRef tenantBeside(SliceRef slice, String tenant) {
        return SliceRef.newBuilder()
                .setSliceLevel("tenant")
                .setTenant(tenant)
                .setRole(slice.getRole())
                .build();
    }
}
