// The junctions' card on the overview: what their signals do, how full the approaches are, and what needs attention.
import { getEvents, getJson, getRollups, measureOf } from "@sensing/client/core/api.js";
import { el, fill } from "@sensing/client/core/dom.js";
import { localSecond, number, quantity, span, utc } from "@sensing/client/core/format.js";
import { keyOf } from "./history.js";
import { INCIDENT_TYPES, IncidentStore } from "./incidents.js";
import { planNow } from "./plan.js";
import { junctionsOf } from "./streams.js";
import { ALARM, APPROACH, EMERGENCY, FAULT, PLAN } from "./types.js";
import { incidentIcon, levelLook, lookIcon, plain, stageLook } from "./words.js";

const HOUR = 3600000;
const MINUTE = 60000;

/** Approaches report each second: after this long without one the figures are old, ms. */
const STALE = 15000;

/** Newest reports that are read to know each approach of a stream. */
const NEWEST = 12;

const MOST_INCIDENTS = 100;

/** Lines of a junction about incidents. */
const MOST_LINES = 3;

const LEVELS = ["free", "slow", "congested", "jammed"];

/** @typedef {import("./types.js").ApproachState} ApproachState */
/** @typedef {import("./types.js").SignalPlan} SignalPlan */
/** @typedef {import("./streams.js").Junction} Junction */
/** @template [Data=any] @typedef {import("./types.js").SensingEvent<Data>} SensingEvent */

/** @type {import("@sensing/client/core/pagemodule.js").OverviewCard} */
export const overviewCard = {
  title: "Junctions",
  eventTypes: [APPROACH, PLAN, EMERGENCY, ALARM, FAULT],
  mount(frame) {
    /** @type {Junction[]} */
    let junctions = [];
    /** @type {Map<string, SensingEvent<ApproachState>>} */
    const approaches = new Map();
    /** @type {Map<string, SensingEvent<SignalPlan>>} */
    const plans = new Map();
    /** Means of each minute of the last hour, by source. @type {Map<string, (number|null)[]>} */
    let trends = new Map();
    const incidents = new IncidentStore();
    /** @type {Entry[]} */
    let entries = [];
    let shown = "";
    /** @param {SensingEvent} event */
    const take = (event) => {
      if (event.type === APPROACH) newer(approaches, keyOf(event.source, event.data.approach), event);
      else if (event.type === PLAN) newer(plans, event.source, event);
      else {
        const fresh = incidents.add(event);
        if (fresh?.kind === "emergency" && Date.now() - Date.parse(event.time) < MINUTE)
          frame.say(`Emergency vehicle on ${fresh.approach}.`);
      }
    };
    /** @param {string} site */
    const statesOf = (site) =>
      [...approaches.values()]
        .filter((e) => e.source.startsWith(`/sites/${site}/`))
        .sort((a, b) => a.data.approach.localeCompare(b.data.approach));
    return {
      async load() {
        const streams = /** @type {import("@sensing/client/core/api.js").StreamEntry[]} */ (await getJson("streams"));
        junctions = junctionsOf(streams);
        if (junctions.length === 0) return;
        const to = frame.now();
        const newest = (/** @type {string} */ type) =>
          streams
            .filter((s) => s.types.some((t) => t.type === type))
            .map(({ source }) => getEvents({ type, source, order: "desc", most: type === PLAN ? 1 : NEWEST }));
        const [states, rollups, found] = await Promise.all([
          Promise.all([...newest(APPROACH), ...newest(PLAN)]),
          getRollups({ type: APPROACH, step: "1m", from: new Date(to - HOUR), to: new Date(to + 1) }),
          getEvents({ type: INCIDENT_TYPES, order: "desc", most: MOST_INCIDENTS }),
        ]);
        for (const { items } of states) items.forEach(take);
        found.items.reverse().forEach((event) => incidents.add(event));
        trends = trendsOf(rollups, to);
      },
      take,
      show() {
        const now = frame.now();
        if (junctions.length === 0) {
          fill(frame.body, el("p.empty", {}, "No traffic camera has reported yet."));
          return;
        }
        // The links stay: what has the focus keeps it.
        const known = junctions.map((j) => j.id).join();
        if (known !== shown || frame.body.childElementCount === 0) {
          shown = known;
          entries = junctions.map((j) => new Entry(j, frame.href({ source: j.id })));
          fill(frame.body, el("ul.junction-cards", {}, ...entries.map((e) => e.node)));
        }
        junctions.forEach((junction, i) => {
          const sources = junction.cameras.map((s) => s.source);
          entries[i].show({
            plan: junction.signals === null ? undefined : plans.get(junction.signals),
            active: incidents.active(now).filter((incident) => sources.includes(incident.source)),
            states: statesOf(junction.site),
            trends,
            now,
          });
        });
      },
      table: () => ({
        columns: ["time_utc", "source", "approach", "index", "level", "level_of_service", "queue_m", "mean_speed_kmh"],
        rows: [...approaches.values()].map(({ time, source, data }) => [
          new Date(time),
          source,
          data.approach,
          data.index,
          data.level,
          data.levelOfService,
          data.queueM,
          data.meanSpeedKmh,
        ]),
      }),
      figures() {
        const rank = (/** @type {SensingEvent<ApproachState>} */ e) => LEVELS.indexOf(plain(e.data.level));
        const worst = [...approaches.values()].sort((a, b) => rank(b) - rank(a) || b.data.index - a.data.index)[0];
        if (worst === undefined) return [];
        const { word } = levelLook(worst.data.level);
        return [
          {
            term: "Fullest approach",
            value: word,
            detail: ` ${worst.data.approach}`,
            isBad: plain(worst.data.level) === "jammed",
          },
        ];
      },
    };
  },
};

/**
 * @template Data
 * @param {Map<string, SensingEvent<Data>>} events
 * @param {string} key
 * @param {SensingEvent<Data>} event
 */
function newer(events, key, event) {
  const known = events.get(key);
  if (known === undefined || Date.parse(event.time) >= Date.parse(known.time)) events.set(key, event);
}

/** One junction of the card. */
class Entry {
  /**
   * @param {Junction} junction
   * @param {string} href
   */
  constructor({ label }, href) {
    this.signal = el("span.card-signal");
    this.incidents = el("div");
    this.approaches = el("ul.card-approaches");
    this.node = el(
      "li",
      {},
      el("div.card-junction", {}, el("a", { href }, label), this.signal),
      this.incidents,
      this.approaches,
    );
  }

  /**
   * @param {object} state
   * @param {SensingEvent<SignalPlan>|undefined} state.plan
   * @param {import("./incidents.js").Incident[]} state.active
   * @param {SensingEvent<ApproachState>[]} state.states
   * @param {Map<string, (number|null)[]>} state.trends
   * @param {number} state.now ms
   */
  show({ plan, active, states, trends, now }) {
    fill(this.signal, ...signalText(plan, now));
    this.signal.title = plan ? utc(Date.parse(plan.time)) : "";
    fill(this.incidents, ...active.slice(0, MOST_LINES).map((i) => incidentLine(i, now)));
    fill(this.approaches, ...states.map((e) => approachLine(e, trends, now)));
  }
}

/**
 * @param {SensingEvent<SignalPlan>|undefined} plan
 * @param {number} now ms
 */
function signalText(plan, now) {
  if (plan === undefined) return [el("span.muted", {}, "no signals")];
  const state = planNow({ time: Date.parse(plan.time), plan: plan.data }, now);
  const stage = stageLook(state.stage);
  if (state.isStale) return [el("span.old", {}, `no plan for ${span(state.age)}`)];
  const due = state.due === null ? "" : `, ${Math.ceil(state.due)} s`;
  return [
    el(`span.lamp.${stage.colour}`, {}, lookIcon(stage)),
    el("span", {}, ` ${stage.word}, ${state.phase}${due} `),
    state.plan.fallback ? el("span.chip.doubtful", {}, "Fallback") : null,
  ];
}

/**
 * @param {import("./incidents.js").Incident} i
 * @param {number} now ms
 */
function incidentLine(i, now) {
  const place = [i.approach, i.lane === null ? "" : `lane ${i.lane}`].filter(Boolean).join(", ");
  const arrival = i.arrival !== null && i.arrival > now ? `, expected ${localSecond(i.arrival)}` : "";
  return el(
    `p.junction-banner.small.${i.kind}`,
    {},
    incidentIcon(i.kind),
    el(
      "span",
      {},
      el("b", {}, i.what),
      place ? ` – ${place}` : "",
      i.confidence === null ? "" : `, ${quantity(i.confidence * 100, "%")}`,
      arrival,
    ),
  );
}

/**
 * @param {SensingEvent<ApproachState>} event
 * @param {Map<string, (number|null)[]>} trends
 * @param {number} now ms
 */
function approachLine({ source, time, data }, trends, now) {
  const level = levelLook(data.level);
  const age = now - Date.parse(time);
  return el(
    age > STALE ? "li.is-stale" : "li",
    { title: utc(Date.parse(time)) },
    el("span.approach-name", {}, data.approach),
    el(`span.chip.${level.colour}`, {}, lookIcon(level), level.word),
    trend(trends.get(source) ?? [], data.index),
    el("span.number", {}, age > STALE ? `${span(age / 1000)} old` : `index ${number(data.index, 2)}`),
  );
}

/**
 * @param {import("@sensing/client/core/api.js").Rollup[]} rollups of minutes
 * @param {number} to ms
 */
function trendsOf(rollups, to) {
  /** @type {Map<string, (number|null)[]>} */
  const trends = new Map();
  for (const rollup of rollups) {
    const values = trends.get(rollup.source) ?? new Array(60).fill(null);
    const at = 59 - Math.floor((to - Date.parse(rollup.time)) / MINUTE);
    if (at >= 0 && at < 60) values[at] = measureOf(rollup, "index")?.mean ?? null;
    trends.set(rollup.source, values);
  }
  return trends;
}

const [WIDTH, HEIGHT] = [96, 20];
const SVG = "http://www.w3.org/2000/svg";

/**
 * The last hour's index as a small curve, 0 to 0.3 or what it reached; the bar of now where there are no roll-ups.
 * @param {(number|null)[]} values
 * @param {number} index now
 */
function trend(values, index) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute("class", "trend");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `index ${number(index, 2)}, over the last hour`);
  const greatest = Math.max(0.3, ...values.map((v) => v ?? 0));
  const y = (/** @type {number} */ v) => (HEIGHT - 1 - (v / greatest) * (HEIGHT - 2)).toFixed(1);
  const known = values.filter((v) => v !== null).length;
  const path = document.createElementNS(SVG, "path");
  if (known > 1) {
    let isDown = false;
    path.setAttribute(
      "d",
      values
        .map((v, i) => {
          const command = v === null ? "" : `${isDown ? "L" : "M"}${((i / 59) * WIDTH).toFixed(1)} ${y(v)}`;
          isDown = v !== null;
          return command;
        })
        .join(""),
    );
  } else {
    path.setAttribute("class", "bar");
    path.setAttribute("d", `M0 ${HEIGHT / 2}H${(Math.min(1, index) * WIDTH).toFixed(1)}`);
  }
  svg.append(path);
  return svg;
}
