// How one edge serves its drones, in figures: over the range, and in the last period.
import { Panel } from "@sensing/client/chart/panel.js";
import { byId, el, fill, icon } from "@sensing/client/core/dom.js";
import { number, quantity } from "@sensing/client/core/format.js";
import { EDGE_COLUMNS, edgeRows } from "./rows.js";
import { shareOf, tallyOf } from "./tally.js";
import { cloudLook, percent } from "./words.js";

/** A promise that is kept less often is worth a look. */
const PROMISE = 0.99;

/** @typedef {import("./types.js").Qos} Qos */
/** @template Data @typedef {import("./types.js").Timed<Data>} Timed */

export class EdgePanel {
  #view;
  #shown = "";

  /** @param {import("./drones.js").DronesView} view */
  constructor(view) {
    this.#view = view;
    this.panel = new Panel(byId("served"), "edge", {
      table: () => ({ columns: EDGE_COLUMNS, rows: edgeRows(view.reports()) }),
      picture: null,
      link: () => view.link("served"),
      range: () => view.frame.range.ends(),
    });
  }

  show() {
    const reports = this.#view.reports();
    const last = reports.at(-1);
    this.#view.showState(this.panel, {
      isEmpty: last === undefined,
      emptyText: "No report of the edge in this range.",
    });
    const figures = last ? figuresOf(reports, last) : [];
    const key = JSON.stringify(figures);
    if (key === this.#shown) return;
    this.#shown = key;
    fill(
      byId("served-figures"),
      ...figures.map(({ term, value, note, look, shape }) =>
        el(
          look ? `div.${look}` : "div",
          {},
          el("dt", {}, term),
          el("dd", {}, el("b", {}, shape ? icon(shape) : null, value), note ? el("small", {}, note) : null),
        ),
      ),
    );
  }

  /** A sentence for screen readers. */
  read() {
    const reports = this.#view.reports();
    const last = reports.at(-1);
    if (last === undefined) return "The edge has not reported in this range.";
    const { counts, kept, promised } = tallyOf(reports);
    return [
      `${percent(shareOf(counts.done, counts.arrived))} of ${number(counts.arrived)} tasks done in time`,
      `${number(counts.late)} late, ${number(counts.failed)} failed, ${number(counts.dropped)} dropped`,
      `promises kept ${percent(shareOf(kept, promised))}`,
      `cloud: ${cloudLook(last.data.cloud).word.toLowerCase()}.`,
    ].join("; ");
  }
}

/**
 * @typedef {{term: string, value: string, note: string, look?: string, shape?: string}} Shown look: "ok", "warn" or "bad"
 */

/**
 * @param {Timed<Qos>[]} reports
 * @param {Timed<Qos>} last
 * @returns {Shown[]}
 */
export function figuresOf(reports, { data: now }) {
  const { counts, kept, promised, qoe, qoeMost, bounded, sharedRuns } = tallyOf(reports);
  const keptShare = shareOf(kept, promised);
  const cloud = cloudLook(now.cloud);
  const decision = now.decisionMs ?? null;
  return [
    {
      term: "Done in time",
      value: percent(shareOf(counts.done, counts.arrived)),
      note: `${number(counts.done)} of ${number(counts.arrived)}; now ${percent(shareOf(now.done, now.arrived))}`,
    },
    {
      term: "Promises kept",
      value: percent(keptShare),
      note: promised === 0 ? "the edge started nothing" : `${number(kept)} of ${number(promised)} started on the edge`,
      look: keptShare !== null && keptShare < PROMISE ? "warn" : undefined,
    },
    {
      term: "Utility",
      value: number(counts.utility),
      note:
        bounded.reports === 0
          ? "bound not computed"
          : `${percent(shareOf(bounded.utility, bounded.bound))} of the bound${bounded.reports < reports.length ? " where known" : ""}`,
    },
    {
      term: "Quality of experience",
      value: percent(shareOf(qoe, qoeMost)),
      note: qoeMost === 0 ? "no window has ended" : `bonus ${number(qoe)} of ${number(qoeMost)}`,
    },
    { term: "Cloud", value: cloud.word, note: linkNote(now), look: cloud.look, shape: cloud.shape },
    {
      term: "Drones",
      value: number(now.drones.length),
      note: now.drones.length === 0 ? "none in the last period" : now.drones.join(", "),
    },
    {
      term: "Policy",
      value: now.policy,
      note: [
        decision === null ? "" : `decides in ${quantity(decision, "ms", decision < 10 ? 2 : 0)}, p99`,
        sharedRuns > 0 ? `${number(sharedRuns)} runs shared` : "",
      ]
        .filter(Boolean)
        .join("; "),
    },
  ];
}

/** @param {Qos} now */
function linkNote({ cloud, linkMbits }) {
  if ((linkMbits ?? null) !== null) return `uplink ${quantity(linkMbits, "Mbit/s", 1)}`;
  return (cloud ?? null) === null ? "all on the edge" : "nothing sent";
}
