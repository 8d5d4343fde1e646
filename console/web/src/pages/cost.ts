/** What tenants and versions cost. */
import type { Row } from "../api";
import { versionName, type Context } from "../context";
import { count, dollars, percent, signedPercent } from "../format";
import { chip, empty, panel, stacked, table } from "../parts";

const GROWTH_ALARM = 0.2;

export async function cost(context: Context): Promise<HTMLElement[]> {
  const [tenants, versions] = await Promise.all([
    context.askAtAnyTime("cost-tenants", { to: context.to.toISOString() }),
    context.ask("cost-versions", { window: context.window() }),
  ]);
  const growth = (row: Row) => {
    if (row.growth === null) return chip("quiet", "needs 14 days");
    const kind = row.growth_low !== null && row.growth_low > 0 && row.growth > GROWTH_ALARM ? "bad" : "quiet";
    return chip(kind, signedPercent(row.growth));
  };
  return [
    panel(
      "Spend of tenants",
      "last 7 whole days against the 7 before",
      [tenants],
      tenants.rows.length === 0
        ? empty("No spend is known", "Costs come with traces, or from the price table: docs/producing.md.")
        : table(
            "Spend of tenants",
            [
              { head: "Tenant", cell: (row) => row.tenant },
              { head: "Today so far", right: true, cell: (row) => dollars(row.cost_usd_today) },
              { head: "7 days", right: true, cell: (row) => dollars(row.days > 0 ? row.cost_usd : null) },
              { head: "7 days before", right: true, cell: (row) => dollars(row.days_before > 0 ? row.cost_usd_before : null) },
              { head: "Growth", right: true, title: "95 % interval from the daily sums", cell: (row) => stacked(growth(row), row.growth_low === null ? "interval not known" : `${signedPercent(row.growth_low)} to ${signedPercent(row.growth_high)}`) },
              { head: "Shadow traffic", right: true, cell: (row) => dollars(row.shadow_cost_usd) },
              { head: "Calls", right: true, cell: (row) => count(row.calls) },
              { head: "Cost known", right: true, cell: (row) => stacked(percent(row.cost_coverage, 0), `${row.days} and ${row.days_before} days`) },
            ],
            tenants.rows,
          ),
    ),
    panel(
      "Spend of versions",
      "in the time chosen above",
      [versions],
      versions.rows.length === 0
        ? empty("No calls in this time", "Choose a longer time above.")
        : table(
            "Spend of versions",
            [
              { head: "Version", cell: (row) => stacked(versionName(row, versions.rows), `${row.base_model} · ${row.role}`) },
              { head: "Cost", right: true, cell: (row) => dollars(row.cost_usd) },
              { head: "A call", right: true, cell: (row) => dollars(row.cost_usd_per_call, 5) },
              { head: "Calls", right: true, cell: (row) => count(row.calls) },
              { head: "Tokens in, out", right: true, cell: (row) => stacked(count(row.input_tokens), count(row.output_tokens)) },
              { head: "Answers from cache", right: true, cell: (row) => percent(row.cache_hit_rate, 1) },
              { head: "Prompt tokens cached", right: true, cell: (row) => percent(row.cached_token_share, 1) },
              { head: "Cost known", right: true, cell: (row) => stacked(percent(row.cost_coverage, 0), `${percent(row.estimated_share, 0)} estimated`) },
              { head: "Tokens known", right: true, cell: (row) => percent(row.token_coverage, 0) },
            ],
            versions.rows,
          ),
    ),
  ];
}
