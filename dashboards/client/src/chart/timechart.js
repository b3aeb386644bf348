// A time series chart on uPlot: shared look, values on hover, zoom by dragging, reading by keyboard.
import uPlot from "uplot";
import { el, fill } from "../core/dom.js";
import { localDay, localMinute, localSecond } from "../core/format.js";
import { chartFont, token } from "../core/theme.js";
import { legend } from "./legend.js";
import { picture } from "./picture.js";
import { readout } from "./readout.js";
import { windowAt } from "./window.js";

/**
 * What the arrow keys move by.
 * @type {Record<string, number>}
 */
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

/**
 * @typedef {object} Series
 * @property {string} label
 * @property {string} colour name of a colour token
 * @property {(number|null)[]} values null: no data, drawn as a gap
 * @property {number[]} [dash]
 * @property {number} [width]
 * @property {"line"|"step"|"bars"|"points"|"band"} [shape] a "band" is filled from lows to values
 * @property {(number|null)[]} [lows] lower edge of a "band"
 * @property {number} [stepMs] length of the windows that end at the times; a "step" is drawn as wide
 * @property {string} unit
 * @property {number} [decimals]
 * @property {(string|null)[]} [texts] said in place of the values, where marks have a meaning but no value
 * @property {boolean} [isAside] has no entry in the legend: it belongs to another series
 */

/**
 * @typedef {object} TimeChartOptions
 * @property {string} label what the chart shows, for screen readers
 * @property {string} unit of the vertical axis
 * @property {(from: number, to: number) => void} onZoom a stretch was chosen, ms: see PageRange.chartHooks
 * @property {() => void} onReset
 * @property {boolean} [fromZero] false: the axis may begin above zero (speeds); it always reaches below zero where values do
 * @property {string} [sync] charts of one key share the cursor
 * @property {boolean} [isStacked] bars of one window stand on each other, the first series at the bottom
 */

export class TimeChart {
  /** @type {uPlot|null} */
  #plot = null;
  #signature = "";
  /** @type {Set<string>} */
  #hiddenLabels = new Set();
  /** @type {{times: number[], series: Series[], from: number, to: number}} */
  #data = { times: [], series: [], from: 0, to: 0 };

  /**
   * @param {HTMLElement} host an element of class "chart"
   * @param {TimeChartOptions} options
   */
  constructor(host, options) {
    this.options = options;
    this.legendHost = el("ul.legend");
    this.plotHost = el("div.plot", {
      tabIndex: 0,
      role: "group",
      "aria-label": `${options.label}. Arrow keys read values.`,
    });
    this.spoken = el("p.hidden", { role: "status" });
    fill(host, this.legendHost, this.plotHost, this.spoken);
    this.plotHost.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#resize()).observe(this.plotHost);
  }

  /**
   * @param {number[]} times ms, ascending
   * @param {Series[]} series
   * @param {number} from ms
   * @param {number} to ms
   */
  show(times, series, from, to) {
    this.#data = { times, series, from, to };
    const signature = JSON.stringify(series.map(({ values: _values, lows: _lows, texts: _texts, ...rest }) => rest));
    /** @type {import("uplot").AlignedData} */
    const columns = [times.map((t) => t / 1000), ...this.#heights()];
    if (signature !== this.#signature || this.#plot === null) {
      this.#signature = signature;
      this.#create(columns);
      const named = series.filter((s) => !s.isAside);
      legend(this.legendHost, named, this.#hiddenLabels, (label) => this.#toggle(label));
    } else {
      const plot = this.#plot;
      plot.batch(() => {
        plot.setData(columns, false);
        plot.setScale("x", { min: from / 1000, max: to / 1000 });
      });
    }
  }

  /** Draws again in the colours of the theme. */
  recolour() {
    this.#signature = "";
    const { times, series, from, to } = this.#data;
    if (this.#plot) this.show(times, series, from, to);
  }

  /** @param {string} title */
  picture(title) {
    const series = this.#data.series.filter((s) => !s.isAside);
    return this.#plot && picture(this.#plot.ctx.canvas, title, { ...this.#data, series });
  }

  /** The series in the order of drawing: of a stack the tallest first, so that each covers the lower part of it. */
  #drawn() {
    const { series } = this.#data;
    return this.options.isStacked ? [...series].reverse() : series;
  }

  /** What is drawn of each series: of a stack the sum up to it. */
  #heights() {
    const shown = this.#data.series.filter((s) => !this.#hiddenLabels.has(s.label));
    return this.#drawn().map((s) => {
      const below = shown.slice(0, shown.indexOf(s) + 1);
      if (!this.options.isStacked || below.length === 0) return s.values;
      return s.values.map((v, i) => (v === null ? null : below.reduce((sum, b) => sum + (b.values[i] ?? 0), 0)));
    });
  }

  /** @param {import("uplot").AlignedData} columns */
  #create(columns) {
    this.#plot?.destroy();
    const { from, to } = this.#data;
    const muted = token("ink-muted");
    const grid = { stroke: token("grid"), width: 1 };
    const axis = { stroke: muted, font: chartFont(), grid, ticks: { show: false }, gap: 6 };
    this.#plot = new uPlot(
      {
        ...this.#size(),
        padding: [8, 18, 0, 0],
        legend: { show: false },
        cursor: {
          ...(this.options.sync ? { sync: { key: this.options.sync, setSeries: false } } : {}),
          drag: { x: true, y: false, setScale: false },
          dataIdx: (plot, index, hovered, at) => this.#hovered(plot, index, hovered, at),
          points: { size: 7, bbox: (plot, index) => this.#mark(plot, index) },
          bind: {
            dblclick: () => () => {
              this.options.onReset();
              return null;
            },
          },
        },
        scales: {
          x: { time: true, range: () => [this.#data.from / 1000, this.#data.to / 1000] },
          y: { range: (_plot, low, high) => this.#yRange(low, high) },
        },
        axes: [
          {
            ...axis,
            size: 28,
            space: 72,
            values: (_plot, splits, _index, _space, step) =>
              splits.map((s, i) => tick(s * 1000, step, i === 0 ? null : splits[i - 1] * 1000)),
          },
          {
            ...axis,
            size: 46,
            values: (_plot, splits) => splits.map((v) => (v === null ? "" : v.toLocaleString("en-GB"))),
          },
        ],
        series: [{}, ...this.#drawn().map((s, i) => this.#series(s, i))],
        plugins: [
          readout(
            () => this.#drawn(),
            undefined,
            (i, k) => this.#drawn()[k].values[i],
          ),
        ],
        hooks: { setSelect: [(plot) => this.#selected(plot)] },
      },
      columns,
      this.plotHost,
    );
    this.#plot.setScale("x", { min: from / 1000, max: to / 1000 });
  }

  /**
   * @param {Series} series
   * @param {number} index in the order of drawing
   * @returns {import("uplot").Series}
   */
  #series({ label, colour, dash, width = 2, shape = "line", stepMs = 0 }, index) {
    const stroke = token(colour);
    const { isStacked } = this.options;
    return {
      label,
      stroke,
      dash,
      width: shape === "points" || shape === "band" || isStacked ? 0 : width,
      show: !this.#hiddenLabels.has(label),
      spanGaps: false,
      fill: shape === "band" || isStacked ? stroke : shape === "bars" ? `${stroke}55` : undefined,
      points: {
        show: shape === "points",
        filter: shape === "line" ? isolated : undefined,
        size: shape === "points" ? 7 : width + 3,
        fill: stroke,
        stroke,
      },
      paths:
        shape === "step"
          ? windowPath(stepMs / 1000)
          : shape === "band"
            ? bandPath(() => this.#drawn()[index].lows ?? [])
            : shape === "bars" && isStacked
              ? columnPath(stepMs / 1000)
              : shape === "bars"
                ? uPlot.paths.bars?.({ size: [0.7, 40], align: -1 })
                : undefined,
    };
  }

  /**
   * What the cursor marks of a series: of windows the one that it is in, not the one whose end is nearest.
   * @param {uPlot} plot
   * @param {number} index
   * @param {number} hovered
   * @param {number} at s
   */
  #hovered(plot, index, hovered, at) {
    const stepMs = index > 0 ? this.#drawn()[index - 1]?.stepMs : undefined;
    return stepMs ? windowAt(plot.data[0], hovered, at, stepMs / 1000) : hovered;
  }

  /**
   * Where the mark stands: along the whole of a window, on a point of anything else.
   * @param {uPlot} plot
   * @param {number} index
   */
  #mark(plot, index) {
    const at = plot.cursor.idxs?.[index];
    const value = at === null || at === undefined ? null : plot.data[index][at];
    if (at === null || at === undefined || value === null || value === undefined)
      return { left: -10, top: -10, width: 0, height: 0 };
    const right = plot.valToPos(plot.data[0][at], "x");
    const top = plot.valToPos(value, "y") - 3.5;
    const { stepMs } = this.#drawn()[index - 1];
    if (!stepMs) return { left: right - 3.5, top, width: 7, height: 7 };
    const left = plot.valToPos(plot.data[0][at] - stepMs / 1000, "x");
    return { left, top, width: right - left, height: 7 };
  }

  /**
   * From zero, unless the chart says that its values are far from it, or some are below it.
   * @param {number|null} low
   * @param {number|null} high
   * @returns {[number, number]}
   */
  #yRange(low, high) {
    if (low === null || high === null) return [0, 1];
    if (low >= 0 && (this.options.fromZero !== false || low < 40)) return [0, high > 0 ? high * 1.08 : 1];
    return [Math.floor((low - 5) / 10) * 10, Math.ceil((high + 2) / 10) * 10];
  }

  /** @param {string} label */
  #toggle(label) {
    if (!this.#hiddenLabels.delete(label)) this.#hiddenLabels.add(label);
    this.recolour();
  }

  /** @param {uPlot} plot */
  #selected(plot) {
    const { left, width } = plot.select;
    if (width < 5) return;
    const from = plot.posToVal(left, "x") * 1000;
    const to = plot.posToVal(left + width, "x") * 1000;
    plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    this.options.onZoom(from, to);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const step = STEPS[event.key];
    const { times, series, from, to } = this.#data;
    if (this.#plot === null) return;
    if (step && times.length) {
      const at = this.#plot.cursor.idx;
      const index = Math.min(
        times.length - 1,
        Math.max(0, at === null || at === undefined ? times.length - 1 : at + step),
      );
      // Inside of a window, nearest to its end.
      const inside = times[index] - (series[0]?.stepMs ?? 0) / 4;
      this.#plot.setCursor({ left: this.#plot.valToPos(inside / 1000, "x"), top: 10 });
      const said = (/** @type {Series} */ { texts, values, unit }) =>
        texts ? (texts[index] ?? "no data") : `${values[index] ?? "no data"} ${unit}`;
      const values = series.map((s) => `${s.label} ${said(s)}`).join(", ");
      this.spoken.textContent = `${localSecond(times[index])}: ${values}`;
    } else if (event.key === "+" || event.key === "-") {
      const half = ((to - from) / 2) * (event.key === "+" ? 0.5 : 2);
      this.options.onZoom((from + to) / 2 - half, (from + to) / 2 + half);
    } else if (event.key === "Home") {
      this.options.onReset();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #size() {
    return { width: Math.max(200, this.plotHost.clientWidth), height: Math.max(140, this.plotHost.clientHeight) };
  }

  #resize() {
    const size = this.#size();
    if (
      this.#plot &&
      this.plotHost.clientWidth > 0 &&
      (this.#plot.width !== size.width || this.#plot.height !== size.height)
    )
      this.#plot.setSize(size);
  }
}

/**
 * Draws each value over the whole of its window, joined where windows follow on each other.
 * @param {number} stepSeconds
 * @returns {import("uplot").Series.PathBuilder}
 */
function windowPath(stepSeconds) {
  return (plot, index, first, last) => {
    const stroke = new Path2D();
    const [times, values] = [plot.data[0], plot.data[index]];
    for (let i = first; i <= last; i++) {
      const value = values[i];
      if (value === null || value === undefined) continue;
      const x0 = plot.valToPos(times[i] - stepSeconds, "x", true);
      const y = plot.valToPos(value, "y", true);
      const follows = (values[i - 1] ?? null) !== null && i > first;
      if (follows) stroke.lineTo(x0, y);
      else stroke.moveTo(x0, y);
      stroke.lineTo(plot.valToPos(times[i], "x", true), y);
    }
    return { stroke, fill: null, clip: null, band: null, flags: 0 };
  };
}

/**
 * Fills each value's window from zero, with a little room between windows.
 * @param {number} stepSeconds
 * @returns {import("uplot").Series.PathBuilder}
 */
function columnPath(stepSeconds) {
  return (plot, index, first, last) => {
    const fill = new Path2D();
    const [times, values] = [plot.data[0], plot.data[index]];
    const zero = plot.valToPos(0, "y", true);
    for (let i = first; i <= last; i++) {
      const value = values[i];
      if (!value) continue;
      const x0 = plot.valToPos(times[i] - stepSeconds, "x", true);
      const x1 = plot.valToPos(times[i], "x", true);
      const room = Math.min(3, (x1 - x0) * 0.08);
      const y = plot.valToPos(value, "y", true);
      fill.rect(x0 + room, y, x1 - x0 - 2 * room, zero - y);
    }
    return { stroke: null, fill, clip: null, band: null, flags: 0 };
  };
}

/**
 * Fills from the lows to the values; a gap is a gap.
 * @param {() => (number|null)[]} getLows
 * @returns {import("uplot").Series.PathBuilder}
 */
function bandPath(getLows) {
  return (plot, index, first, last) => {
    const fill = new Path2D();
    const [times, highs, lows] = [plot.data[0], plot.data[index], getLows()];
    const place = (/** @type {number} */ i, /** @type {number} */ value) =>
      /** @type {[number, number]} */ ([plot.valToPos(times[i], "x", true), plot.valToPos(value, "y", true)]);
    for (let begin = first; begin <= last; begin++) {
      let end = begin;
      while (end <= last && (highs[end] ?? null) !== null && (lows[end] ?? null) !== null) end++;
      if (end === begin) continue;
      fill.moveTo(...place(begin, /** @type {number} */ (highs[begin])));
      for (let i = begin + 1; i < end; i++) fill.lineTo(...place(i, /** @type {number} */ (highs[i])));
      for (let i = end - 1; i >= begin; i--) fill.lineTo(...place(i, /** @type {number} */ (lows[i])));
      fill.closePath();
      begin = end;
    }
    return { stroke: null, fill, clip: null, band: null, flags: 0 };
  };
}

/**
 * A tick's text: as fine as the step asks, the day itself where it changes.
 * @param {number} ms
 * @param {number} step s
 * @param {number|null} before the tick before, ms
 */
function tick(ms, step, before) {
  if (step >= 86400 || (before !== null && localDay(before) !== localDay(ms))) return localDay(ms);
  return step < 60 ? localSecond(ms) : localMinute(ms);
}

/**
 * Indices of values between two gaps: no line shows them, so they get a point.
 * @param {uPlot} plot
 * @param {number} index
 */
function isolated(plot, index) {
  const values = plot.data[index];
  /** @type {number[]} */
  const alone = [];
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null) alone.push(i);
  }
  return alone.length ? alone : null;
}
