package io.tidemark.ingest.redaction;

/** Tells IPv6 addresses from times of day and the like; the pattern has checked IPv4 already. */
final class IpForm {

    private static final int GROUPS = 8;
    private static final int GROUPS_BEFORE_IPV4 = 6;
    private static final int SHORTEST_ABBREVIATED = 4;

    private IpForm() {}

    static boolean isAddress(String text) {
        if (text.indexOf(':') < 0) {
            return true;
        }
        int abbreviation = text.indexOf("::");
        String[] groups = text.split(":", -1);
        if (abbreviation >= 0) {
            boolean once = text.indexOf("::", abbreviation + 1) < 0;
            return once && groups.length <= GROUPS + 1 && (text.length() >= SHORTEST_ABBREVIATED || text.equals("::1"));
        }
        int needed = text.indexOf('.') >= 0 ? GROUPS_BEFORE_IPV4 + 1 : GROUPS;
        if (groups.length != needed) {
            return false;
        }
        for (String group : groups) {
            if (group.isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
