// The edges' card on the overview: how much each does in time, and what stands in its way.
import { getEvents, getJson } from "@sensing/client/core/api.js";
import { el, fill, icon } from "@sensing/client/core/dom.js";
import { number, quantity, span, utc } from "@sensing/client/core/format.js";
import { edgesOf } from "./edges.js";
import { shareOf, tallyOf } from "./tally.js";
import { QOS } from "./types.js";
import { cloudLook, percent } from "./words.js";

/** What the card sums up, ms. */
const SPAN = 5 * 60000;

/** Reports of an edge within it, at a period of a second. */
const MOST = 300;

/** Without a report for so long an edge is silent, ms; or for some of its periods, where they are long. */
const STALE = 30000;
const STALE_PERIODS = 3;

/** @typedef {import("./edges.js").Edge} Edge */
/** @typedef {import("./types.js").Qos} Qos */
/** @typedef {import("./types.js").Timed<Qos>} Report */

/** @type {import("@sensing/client/core/pagemodule.js").OverviewCard} */
export const overviewCard = {
  title: "Drones",
  eventTypes: [QOS],
  mount(frame) {
    /** @type {Edge[]} */
    let edges = [];
    /** In order of time, by source. @type {Map<string, Report[]>} */
    const reports = new Map();
    let shown = "";
    /** @type {{edge: Edge, body: HTMLElement}[]} */
    let entries = [];
    /** @param {import("./types.js").SensingEvent<Qos>} event */
    const take = ({ source, time, data }) => {
      const at = Date.parse(time);
      const known = (reports.get(source) ?? []).filter((r) => r.time !== at);
      const all = [...known, { time: at, data }].sort((a, b) => a.time - b.time);
      const newest = all[all.length - 1].time;
      reports.set(
        source,
        all.filter((r) => r.time > newest - SPAN),
      );
    };
    /** Reports of the last minutes; those of a silent edge are its last. @param {string} source */
    const of = (source) => reports.get(source) ?? [];
    const isOld = (/** @type {Report} */ { time, data }) =>
      frame.now() - time > Math.max(STALE, STALE_PERIODS * 1000 * data.periodSeconds);
    return {
      async load() {
        edges = edgesOf(/** @type {import("@sensing/client/core/api.js").StreamEntry[]} */ (await getJson("streams")));
        const from = new Date(frame.now() - SPAN);
        await Promise.all(
          edges.map(async ({ id }) => {
            const { items } = await getEvents({ type: QOS, source: id, from, order: "desc", most: MOST });
            // A silent edge still has its last report.
            const found =
              items.length > 0 ? items : (await getEvents({ type: QOS, source: id, order: "desc", most: 1 })).items;
            found.forEach(take);
          }),
        );
      },
      take,
      show() {
        if (edges.length === 0) {
          fill(frame.body, el("p.empty", {}, "No edge with drones has reported yet."));
          return;
        }
        // The links stay: what has the focus keeps it.
        const known = edges.map((e) => e.id).join();
        if (known !== shown || frame.body.childElementCount === 0) {
          shown = known;
          entries = edges.map((edge) => ({ edge, body: el("p.edge-facts") }));
          fill(
            frame.body,
            el(
              "ul.edge-cards",
              {},
              ...entries.map(({ edge, body }) =>
                el("li", {}, el("a.edge-name", { href: frame.href({ source: edge.id }) }, edge.label), body),
              ),
            ),
          );
        }
        for (const { edge, body } of entries) showEdge(body, of(edge.id), isOld, frame.now());
      },
      table: () => ({
        columns: [
          "time_utc",
          "source",
          "arrived",
          "done",
          "late",
          "failed",
          "dropped",
          "utility",
          "promised",
          "kept",
          "cloud",
        ],
        rows: edges.flatMap(({ id }) => {
          const last = of(id).at(-1);
          if (last === undefined) return [];
          const { counts, promised, kept } = tallyOf(of(id));
          const { arrived, done, late, failed, dropped, utility } = counts;
          return [
            [new Date(last.time), id, arrived, done, late, failed, dropped, utility, promised, kept, last.data.cloud],
          ];
        }),
      }),
      figures() {
        const live = edges.map(({ id }) => of(id)).filter((r) => r.length > 0 && !isOld(r[r.length - 1]));
        const { done, arrived } = tallyOf(live.flat()).counts;
        if (live.length === 0) return [];
        return [{ term: "Drone tasks done in time", value: percent(shareOf(done, arrived)), detail: " last 5 min" }];
      },
    };
  },
};

/**
 * @param {HTMLElement} body
 * @param {Report[]} reports
 * @param {(report: Report) => boolean} isOld
 * @param {number} now ms
 */
function showEdge(body, reports, isOld, now) {
  const last = reports.at(-1);
  const silent = last !== undefined && isOld(last);
  body.classList.toggle("is-stale", silent);
  if (last === undefined || silent) {
    fill(body, last ? `nothing for ${span((now - last.time) / 1000)}` : "no report yet");
    return;
  }
  const { counts, kept, promised } = tallyOf(reports);
  const cloud = cloudLook(last.data.cloud);
  const drones = last.data.drones.length;
  body.title = utc(last.time);
  fill(
    body,
    el("span", {}, el("b", {}, percent(shareOf(counts.done, counts.arrived))), " done in time"),
    el("span", {}, `promises ${percent(shareOf(kept, promised))}`),
    el("span", {}, `${number(drones)} ${drones === 1 ? "drone" : "drones"}`),
    el(
      `span.${cloud.look}`,
      {},
      icon(cloud.shape),
      cloud.rank < 0 ? " no cloud" : ` cloud ${cloud.word.toLowerCase()}`,
      (last.data.linkMbits ?? null) === null ? null : `, ${quantity(last.data.linkMbits, "Mbit/s", 1)}`,
    ),
  );
}
