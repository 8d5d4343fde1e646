package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.Distribution;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.WindowRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/** Even traffic of one slice, so that a case of the checklist holds exactly the number that it is about. */
final class Traffic {

    static final long SECOND = 1_000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    private final List<WindowRow> rows = new ArrayList<>();

    List<WindowRow> rows() {
        return rows;
    }

    /** Calls of which a share counts under a measure, spread evenly. */
    static Traffic rate(String measure, double share, long durationMillis) {
        return new Traffic().thenRate(measure, share, durationMillis);
    }

    Traffic thenRate(String measure, double share, long durationMillis) {
        long calls = 100;
        double due = 0;
        long start = end();
        for (long time = start; time < start + durationMillis; time += Panes.PANE_MILLIS) {
            due += calls * share;
            long counted = (long) Math.floor(due + 1e-9);
            due -= counted;
            rows.add(Panes.count(Panes.tenant("acme", time), measure, counted, calls));
        }
        return this;
    }

    private long end() {
        return rows.isEmpty() ? 0 : rows.get(rows.size() - 1).getWindowStart().toEpochMilli() + Panes.PANE_MILLIS;
    }

    /** Panes in which every value of a distribution is the same. */
    static Traffic level(String level, String measure, long scale, double value, long durationMillis) {
        return new Traffic().thenLevel(level, measure, scale, value, durationMillis);
    }

    Traffic thenLevel(String level, String measure, long scale, double value, long durationMillis) {
        double[] values = new double[30];
        Arrays.fill(values, value);
        long start = end();
        for (long time = start; time < start + durationMillis; time += Panes.PANE_MILLIS) {
            rows.add(Panes.values(Panes.row(level, null, null, null, time), measure, scale, values));
        }
        return this;
    }

    /** Three minutes in which a share of the limits for a minute is used. */
    static Traffic quota(double share) {
        Traffic traffic = new Traffic();
        long limit = 60_000;
        for (long time = 0; time < 3 * MINUTE; time += Panes.PANE_MILLIS) {
            WindowRow row = Panes.row("provider_key", null, null, null, time);
            row.setProvider("openai");
            row.setProviderKeyId("key-1");
            row.setTokensPerMinuteLimit(limit);
            row.setRequestsPerMinuteLimit(limit);
            long used = Math.round(limit * share / 6);
            row.getDistributions()
                    .put(
                            "input_tokens",
                            Distribution.newBuilder()
                                    .setKnown(used)
                                    .setSum(used)
                                    .build());
            row.setRequests(used);
            traffic.rows.add(row);
        }
        return traffic;
    }

    /** Sixteen days of cost: what a call costs by the day, with an hour's calls in one pane. */
    static Traffic cost(TrafficRole role, LongToDoubleFunction byDay, int calls) {
        Traffic traffic = new Traffic();
        for (long time = 0; time < 16 * DAY; time += HOUR) {
            double cost = byDay.applyAsDouble(time / DAY);
            double[] values = new double[calls];
            for (int i = 0; i < calls; i++) {
                values[i] = cost * (0.5 + i / (double) calls);
            }
            WindowRow row = Panes.tenant("acme", time);
            row.setRole(role);
            traffic.rows.add(Panes.values(row, "cost_nano_usd", 1, values));
        }
        return traffic;
    }

    /** A latency by the hour over some days, with some spread, and the size of the inputs. */
    static Traffic latency(int days, LongToDoubleFunction byHour, LongToDoubleFunction inputByHour) {
        Traffic traffic = new Traffic();
        for (long time = 0; time < days * DAY; time += 4 * MINUTE) {
            double typical = byHour.applyAsDouble(time / HOUR);
            double[] values = new double[90];
            for (int i = 0; i < values.length; i++) {
                values[i] = typical * (0.7 + 0.6 * ((i * 37 + time / MINUTE) % 90) / 90.0);
            }
            WindowRow row = Panes.values(Panes.tenant("acme", time), "end_to_end", 1_000, values);
            double[] inputs = new double[90];
            Arrays.fill(inputs, inputByHour.applyAsDouble(time / HOUR));
            traffic.rows.add(Panes.values(row, "input_tokens", 1, inputs));
        }
        return traffic;
    }

    /** Some tenants that send evenly for a day and then, for ten minutes, some times as much. */
    static Traffic tenants(int count, int noisy, int factor) {
        Traffic traffic = new Traffic();
        for (long time = 0; time < DAY + 20 * MINUTE; time += MINUTE) {
            for (int tenant = 0; tenant < count; tenant++) {
                boolean isNoisy = tenant < noisy && time >= DAY + 10 * MINUTE;
                WindowRow row = Panes.tenant("tenant-%02d".formatted(tenant), time);
                row.setRequests(isNoisy ? 100L * factor + tenant : 100L);
                traffic.rows.add(row);
            }
        }
        return traffic;
    }
}
