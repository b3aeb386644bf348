// Counts over a number axis: the speed histogram.
import uPlot from "uplot";
import { el, fill } from "../core/dom.js";
import { number } from "../core/format.js";
import { chartFont, token } from "../core/theme.js";
import { legend } from "./legend.js";
import { picture } from "./picture.js";
import { readout } from "./readout.js";

/** What the arrow keys move by. */
/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

const BARS = uPlot.paths.bars?.({ size: [0.86, 60], gap: 0 });

/**
 * @typedef {{label: string, colour: string, values: number[], unit: string}} BarSeries colour: name of a colour token
 */

export class BarChart {
  /** @type {uPlot|null} */
  #plot = null;
  #shape = "";
  /** @type {{edges: number[], series: BarSeries[], subtitle: string}} */
  #data = { edges: [], series: [], subtitle: "" };

  /**
   * @param {HTMLElement} host
   * @param {{label: string, unit: string, bin: number}} options unit of the horizontal axis, width of a bin
   */
  constructor(host, options) {
    this.options = options;
    this.legendHost = el("ul.legend.plain");
    this.plotHost = el("div.plot", {
      tabIndex: 0,
      role: "group",
      "aria-label": `${options.label}. Arrow keys read values.`,
    });
    this.spoken = el("p.hidden", { role: "status" });
    fill(host, this.legendHost, this.plotHost, this.spoken);
    this.plotHost.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#plot && this.plotHost.clientWidth > 0 && this.#plot.setSize(this.#size())).observe(
      this.plotHost,
    );
  }

  /**
   * @param {number[]} edges lower ends of the bins
   * @param {BarSeries[]} series drawn stacked, the first at the bottom
   * @param {string} subtitle of the downloaded picture
   */
  show(edges, series, subtitle) {
    this.#data = { edges, series, subtitle };
    const stacked = series.map((_, k) =>
      edges.map((_, i) => series.slice(0, k + 1).reduce((sum, s) => sum + s.values[i], 0)),
    );
    const middles = edges.map((e) => e + this.options.bin / 2);
    // Drawn from the tallest stack down, so that each covers the lower part of the one before.
    /** @type {import("uplot").AlignedData} */
    const columns = [middles, ...stacked.reverse()];
    const shape = JSON.stringify(series.map(({ label, colour }) => [label, colour]));
    if (this.#plot === null || shape !== this.#shape) {
      this.#shape = shape;
      this.#create(columns);
      legend(
        this.legendHost,
        series.map((s) => ({ ...s, shape: "bars" })),
        new Set(),
        () => {},
      );
      this.legendHost.querySelectorAll("button").forEach((b) => b.replaceWith(...b.childNodes));
    } else {
      this.#plot.setData(columns);
    }
  }

  recolour() {
    this.#shape = "";
    if (this.#plot) this.show(this.#data.edges, this.#data.series, this.#data.subtitle);
  }

  /** @param {string} title */
  picture(title) {
    const { subtitle, series } = this.#data;
    return (
      this.#plot &&
      picture(this.#plot.ctx.canvas, title, { subtitle, series: series.map((s) => ({ ...s, shape: "bars" })) })
    );
  }

  /** @param {import("uplot").AlignedData} columns */
  #create(columns) {
    this.#plot?.destroy();
    const { bin, unit } = this.options;
    const axis = { stroke: token("ink-muted"), font: chartFont(), ticks: { show: false }, gap: 6 };
    const reversed = () => [...this.#data.series].reverse();
    this.#plot = new uPlot(
      {
        ...this.#size(),
        padding: [8, 8, 0, 0],
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, points: { show: false } },
        scales: {
          x: { time: false, range: (_plot, low, high) => (low === null ? [0, 100] : [low - bin, high + bin]) },
          y: { range: (_plot, _low, high) => [0, Math.max(1, (high ?? 0) * 1.08)] },
        },
        axes: [
          {
            ...axis,
            size: 28,
            grid: { show: false },
            incrs: [5, 10, 20, 50],
            space: 44,
            values: (_plot, splits) => splits.map((v) => number(v)),
          },
          {
            ...axis,
            size: 46,
            grid: { stroke: token("grid"), width: 1 },
            incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
            values: (_plot, splits) => splits.map((v) => number(v)),
          },
        ],
        series: [
          {},
          ...reversed().map(({ label, colour }) => ({
            label,
            stroke: token(colour),
            fill: token(colour),
            width: 0,
            points: { show: false },
            paths: BARS,
          })),
        ],
        plugins: [
          readout(
            reversed,
            (_plot, i) => [
              el("strong", {}, `${number(this.#data.edges[i])}–${number(this.#data.edges[i] + bin)} ${unit}`),
            ],
            (i, k) => reversed()[k].values[i],
          ),
        ],
      },
      columns,
      this.plotHost,
    );
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const step = STEPS[event.key];
    const { edges, series } = this.#data;
    if (!step || edges.length === 0 || this.#plot === null) return;
    const at = this.#plot.cursor.idx;
    const i = Math.min(edges.length - 1, Math.max(0, at === null || at === undefined ? 0 : at + step));
    this.#plot.setCursor({ left: this.#plot.valToPos(edges[i] + this.options.bin / 2, "x"), top: 10 });
    const { bin, unit } = this.options;
    const values = series.map((s) => `${s.label} ${s.values[i]}`).join(", ");
    this.spoken.textContent = `${edges[i]} to ${edges[i] + bin} ${unit}: ${values}`;
    event.preventDefault();
    event.stopPropagation();
  }

  #size() {
    return { width: Math.max(200, this.plotHost.clientWidth), height: Math.max(140, this.plotHost.clientHeight) };
  }
}
