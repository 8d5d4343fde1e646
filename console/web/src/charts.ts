/** Lines over time. */
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { h, svg } from "./dom";

export interface Line {
  label: string;
  color: "candidate" | "control" | "quiet" | "bad" | "other-1" | "other-2" | "other-3";
  points: Map<number, number | null>;
  dashed?: boolean;
}

/** A moment on the time axis, numbered from 1. */
export type Mark = number;

const HEIGHT = 180;
const MOST_SPARK_POINTS = 40;
const live: uPlot[] = [];

/** Frees what the last page drew. */
export function forget(): void {
  for (const plot of live.splice(0)) plot.destroy();
}

const color = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export function chart(
  name: string,
  lines: Line[],
  format: (value: number) => string,
  span: [Date, Date],
  options: { marks?: Mark[]; logarithmic?: boolean; band?: boolean } = {},
): HTMLElement {
  const seconds = [...new Set(lines.flatMap((line) => [...line.points.keys()]))].sort((a, b) => a - b);
  const figure = h("figure", { class: "chart", role: "img", "aria-label": summary(name, lines, format) });
  const marks = options.marks ?? [];
  const grid = { stroke: color("line"), width: 1 };
  const axis = { stroke: color("soft"), font: "11px system-ui", grid, ticks: grid };
  const settings: uPlot.Options = {
    width: 300,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false },
    scales: { x: { time: true, range: [span[0].getTime() / 1000, span[1].getTime() / 1000] }, y: options.logarithmic ? { distr: 3 } : { range: (_, low, high) => [Math.min(0, low), high * 1.08 || 1] } },
    tzDate: (stamp) => uPlot.tzDate(new Date(stamp * 1000), "UTC"),
    axes: [
      { ...axis, space: 70, values: (_, splits) => splits.map((each) => clock(each, splits)) },
      { ...axis, size: 64, space: 26, splits: options.logarithmic ? (_, __, low, high) => powers(low, high) : undefined, values: (_, splits) => splits.map((each) => (each === null ? "" : format(each))) },
    ],
    series: [
      {},
      ...lines.map((line) => ({
        label: line.label,
        stroke: color(line.color),
        width: line.dashed ? 1 : 1.6,
        dash: line.dashed ? [4, 4] : undefined,
        points: { show: [...line.points.values()].filter((value) => value !== null).length < 3, size: 5 },
        spanGaps: line.dashed,
      })),
    ],
    bands: options.band ? [{ series: [2, 1], fill: color("band") }] : undefined,
    hooks: { draw: [(plot) => drawMarks(plot, marks)] },
  };
  const values = lines.map((line) => seconds.map((each) => line.points.get(each) ?? null));
  // the figure has no width before it stands in the page
  requestAnimationFrame(() => {
    if (!figure.isConnected) return;
    const plot = new uPlot({ ...settings, width: figure.clientWidth }, [seconds, ...values], figure);
    live.push(plot);
    new ResizeObserver(() => plot.setSize({ width: figure.clientWidth, height: settings.height })).observe(figure);
  });
  return h("div", {}, legend(lines), figure);
}

/** Powers of ten, not more than can be read. */
function powers(low: number, high: number): number[] {
  const from = Math.ceil(Math.log10(low) - 1e-9);
  const to = Math.floor(Math.log10(high) + 1e-9);
  const by = Math.max(1, Math.ceil((to - from) / 5));
  return Array.from({ length: Math.max(0, Math.floor((to - from) / by) + 1) }, (_, index) => 10 ** (from + index * by));
}

function clock(seconds: number, splits: number[]): string {
  const iso = new Date(seconds * 1000).toISOString();
  const range = (splits[splits.length - 1] ?? 0) - (splits[0] ?? 0);
  return range > 172_800 ? iso.slice(5, 10) : iso.slice(11, 16);
}

function legend(lines: Line[]): HTMLElement {
  return h(
    "div",
    { class: "legend" },
    ...lines
      .filter((line) => line.label)
      .map((line) => h("span", {}, h("i", { class: `${line.color}${line.dashed ? " dashed" : ""}` }), line.label)),
  );
}

function drawMarks(plot: uPlot, marks: Mark[]): void {
  const { ctx } = plot;
  ctx.save();
  ctx.strokeStyle = color("mark");
  ctx.fillStyle = color("mark");
  ctx.setLineDash([]);
  ctx.lineWidth = devicePixelRatio;
  ctx.font = `${11 * devicePixelRatio}px system-ui`;
  marks.forEach((mark, index) => {
    const x = plot.valToPos(mark, "x", true);
    if (x < plot.bbox.left || x > plot.bbox.left + plot.bbox.width) return;
    ctx.beginPath();
    ctx.moveTo(x, plot.bbox.top);
    ctx.lineTo(x, plot.bbox.top + plot.bbox.height);
    ctx.stroke();
    ctx.fillText(String(index + 1), x + 3 * devicePixelRatio, plot.bbox.top + 11 * devicePixelRatio);
  });
  ctx.restore();
}

function summary(name: string, lines: Line[], format: (value: number) => string): string {
  const last = lines
    .filter((line) => line.label)
    .map((line) => {
      const known = [...line.points.values()].filter((each): each is number => each !== null);
      return `${line.label}: ${known.length ? format(known[known.length - 1]!) : "unknown"}`;
    });
  return `${name} over time; last ${last.join(", ")}`;
}

/** Means of neighbours, where there are more values than a small picture can hold. */
function thinned(values: (number | null)[]): (number | null)[] {
  const size = Math.ceil(values.length / MOST_SPARK_POINTS);
  return Array.from({ length: Math.ceil(values.length / Math.max(1, size)) }, (_, index) => {
    const part = values.slice(index * size, (index + 1) * size).filter((each): each is number => each !== null);
    return part.length ? part.reduce((sum, each) => sum + each, 0) / part.length : null;
  });
}

/** A trend as small as a word. */
export function sparkline(every: (number | null)[], label: string): SVGElement {
  const values = thinned(every);
  const known = values.filter((each): each is number => each !== null);
  const top = Math.max(...known, 1e-12);
  const x = (index: number) => (values.length < 2 ? 0 : (index / (values.length - 1)) * 64);
  let pen = "M";
  let path = "";
  values.forEach((value, index) => {
    if (value === null) pen = "M";
    else {
      path += `${pen}${x(index).toFixed(1)} ${(17 - (value / top) * 15).toFixed(1)}`;
      pen = "L";
    }
  });
  return svg("svg", { class: "spark", viewBox: "0 0 64 18", role: "img", "aria-label": label }, svg("path", { d: path || "M0 0" }));
}
