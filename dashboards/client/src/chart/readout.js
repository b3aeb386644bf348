// The values under the cursor: local time, UTC beneath, one line a series with its unit.
import { el, fill } from "../core/dom.js";
import { localDay, localMinute, localSecond, quantity, utc } from "../core/format.js";
import { windowAt } from "./window.js";

/** @import uPlot from "uplot" */
/** @typedef {{label: string, unit: string, decimals?: number, stepMs?: number, texts?: (string|null)[]}} ReadoutSeries */

/**
 * A uPlot plugin.
 * @param {() => ReadoutSeries[]} getSeries
 * @param {(plot: uPlot, index: number, stepMs: number|undefined) => Node[]} [heading] in place of the time, for other
 *   axes
 * @param {((index: number, series: number) => number|null)|null} [valueOf] where what is drawn is not what is said
 *   (stacks)
 * @returns {import("uplot").Plugin}
 */
export function readout(getSeries, heading = timeHeading, valueOf = null) {
  const box = el("div.readout", { hidden: true });
  return {
    hooks: {
      init: [(plot) => plot.over.append(box)],
      setCursor: [
        (plot) => {
          const { left = -1, top = 0 } = plot.cursor;
          const idx = indexAt(plot, getSeries()[0]?.stepMs);
          box.hidden = idx === null || idx === undefined || left < 0;
          if (idx === null || idx === undefined || left < 0) return;
          const lines = getSeries().map((s, i) => {
            const value = valueOf ? valueOf(idx, i) : plot.data[i + 1][idx];
            return (
              plot.series[i + 1].show === true &&
              el(
                "div",
                {},
                el("span", {}, s.label),
                el(
                  "b",
                  {},
                  s.texts
                    ? (s.texts[idx] ?? "no data")
                    : value === null || value === undefined
                      ? "no data"
                      : quantity(value, s.unit, s.decimals ?? 0),
                ),
              )
            );
          });
          fill(box, ...heading(plot, idx, getSeries()[0]?.stepMs), ...lines);
          const flip = left > plot.over.clientWidth / 2;
          box.style.left = flip ? "auto" : `${left + 12}px`;
          box.style.right = flip ? `${plot.over.clientWidth - left + 12}px` : "auto";
          box.style.top = `${Math.max(0, Math.min(top, plot.over.clientHeight - box.offsetHeight))}px`;
        },
      ],
    },
  };
}

/**
 * The nearest point; of windows the one that the cursor is in.
 * @param {uPlot} plot
 * @param {number|undefined} stepMs length of the windows
 */
function indexAt(plot, stepMs) {
  const { idx, left = -1 } = plot.cursor;
  if (!stepMs || idx === null || idx === undefined) return idx;
  return windowAt(plot.data[0], idx, plot.posToVal(left, "x"), stepMs / 1000);
}

/**
 * @param {uPlot} plot
 * @param {number} index
 * @param {number|undefined} stepMs
 */
function timeHeading(plot, index, stepMs) {
  const ms = plot.data[0][index] * 1000;
  if (stepMs)
    return [
      el("strong", {}, `${localDay(ms - stepMs)}, ${localMinute(ms - stepMs)} – ${localMinute(ms)}`),
      el("small", {}, `from ${utc(ms - stepMs)}`),
    ];
  return [el("strong", {}, `${localDay(ms)}, ${localSecond(ms)}`), el("small", {}, utc(ms))];
}
