// The approaches as cards: the last picture beside what was measured last.
import { byId, el, fill, icon } from "@sensing/client/core/dom.js";
import { localNear, number, quantity, span, utc } from "@sensing/client/core/format.js";
import { byPlace } from "./incidents.js";
import { incidentIcon, levelLook, lookIcon, SERVICE } from "./words.js";

/** Approaches report each second: after this long without one the figures are old, s. */
export const APPROACH_STALE = 15;

/** Below this, figures are doubtful. */
const POOR_QUALITY = 0.5;

/** @typedef {import("./types.js").ApproachState} ApproachState */
/** @typedef {import("./types.js").Snapshot} Snapshot */
/** @typedef {import("./incidents.js").Incident} Incident */
/** @template Data @typedef {import("./data.js").Shown<Data>} Shown */

/**
 * @typedef {object} CardState
 * @property {Shown<ApproachState>} shown
 * @property {Shown<Snapshot>|undefined} snapshot
 * @property {Incident[]} incidents active on this approach
 * @property {{colour: string, dash: number[]|undefined}|undefined} look of its curves
 * @property {number} now ms, on the events' clock
 * @property {boolean} follows
 */

/** Draws one card for each approach. */
export class ApproachCards {
  /** @type {Map<string, ApproachCard>} */
  #cards = new Map();

  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
  }

  /** @param {CardState[]} states in the order of the cards */
  show(states) {
    const keys = states.map((s) => s.shown.key);
    for (const key of this.#cards.keys()) if (!keys.includes(key)) this.#cards.delete(key);
    for (const { shown } of states)
      if (!this.#cards.has(shown.key)) this.#cards.set(shown.key, new ApproachCard(shown.data.approach));
    const nodes = keys.map((key) => /** @type {ApproachCard} */ (this.#cards.get(key)).node);
    if (nodes.some((node, i) => this.host.children[i] !== node) || this.host.childElementCount !== nodes.length)
      fill(this.host, ...nodes);
    for (const state of states) this.#cards.get(state.shown.key)?.show(state);
  }
}

class ApproachCard {
  #key = "";
  #jpeg = "";

  /** @param {string} name */
  constructor(name) {
    this.name = name;
    this.image = el("img", { alt: `Last picture of ${name}`, hidden: true, decoding: "async" });
    this.image.addEventListener("error", () => this.#showPicture(null));
    this.taken = el("span.taken");
    this.none = el("span.no-picture", {}, "No picture");
    this.open = el(
      "button.picture",
      { type: "button", disabled: true, onclick: () => this.#enlarge() },
      this.image,
      this.none,
      this.taken,
    );
    this.head = el("div.approach-head");
    this.figures = el("dl.approach-figures");
    this.notes = el("ul.approach-notes");
    this.lanes = el("div.lanes");
    this.node = el(
      "article.approach",
      { "aria-label": `Approach ${name}` },
      this.open,
      el("div.approach-body", {}, this.head, this.figures, this.lanes, this.notes),
    );
  }

  /** @param {CardState} state */
  show({ shown, snapshot, incidents, look, now, follows }) {
    const { data, time } = shown;
    const age = (now - time) / 1000;
    const isStale = follows && age > APPROACH_STALE;
    this.node.classList.toggle("is-stale", isStale);
    this.#picture(snapshot, now);
    const key = JSON.stringify([time, isStale && Math.round(age), incidents.map((i) => i.key), look]);
    if (key === this.#key) return;
    this.#key = key;
    const level = levelLook(data.level);
    fill(
      this.head,
      el("span.curve", { "aria-hidden": "true" }),
      el("h3", { title: `${shown.source}, ${utc(time)}` }, data.approach),
      el(`span.chip.${level.colour}`, {}, lookIcon(level), level.word),
    );
    // A style attribute is forbidden by the page's policy; the property is not.
    const curve = /** @type {HTMLElement} */ (this.head.firstElementChild);
    curve.style.borderTopColor = `var(--${look?.colour ?? "line"})`;
    curve.style.borderTopStyle = look?.dash ? "dashed" : "solid";
    const doubtful = data.quality < POOR_QUALITY;
    fill(
      this.figures,
      figure(
        "Index",
        number(data.index, 2),
        meter(data.index, `index ${number(data.index, 2)}`, level.colour),
        `raw ${number(data.indexRaw, 3)}`,
      ),
      figure("Queue", quantity(data.queueM, "m"), null, "from the stop line"),
      figure("Service", data.levelOfService, null, SERVICE[data.levelOfService] ?? ""),
      figure("Vehicles", number(data.vehicles), null, `${quantity(data.densityPerKmLane, "/km")} lane`),
      figure("Mean speed", speed(data), null, "not for enforcement"),
      figure(
        "Quality",
        quantity(data.quality * 100, "%"),
        null,
        reasonOf(data) || (doubtful ? "doubtful" : "good sight"),
        doubtful,
      ),
    );
    this.#showLanes(data);
    fill(
      this.notes,
      isStale ? el("li.stale", {}, icon("stale"), `Stale: nothing new for ${span(age)}`) : null,
      ...byPlace(incidents).map(({ incident: { kind, what, lane }, count }) =>
        el(
          `li.${kind}`,
          {},
          incidentIcon(kind),
          `${what}${lane === null ? "" : `, lane ${lane}`}${count > 1 ? `, ${count} of them` : ""}`,
        ),
      ),
    );
  }

  /** @param {ApproachState} data */
  #showLanes({ lanes }) {
    if (!lanes || lanes.length < 2) {
      this.lanes.replaceChildren();
      return;
    }
    fill(
      this.lanes,
      ...lanes.map((lane) => {
        const level = levelLook(lane.level);
        const text = `lane ${lane.lane}: index ${number(lane.index, 2)}, ${level.word.toLowerCase()}, queue ${number(lane.queueM)} m, ${number(lane.vehicles)} vehicles`;
        return el(
          "div.lane",
          { title: text },
          el("span.lane-name", {}, `Lane ${lane.lane}`),
          meter(lane.index, text, level.colour),
          el("span.lane-level", {}, lookIcon(level), level.word),
          el("span.lane-queue", {}, lane.queueM > 0 ? `${number(lane.queueM)} m queue` : "no queue"),
        );
      }),
    );
  }

  /**
   * @param {Shown<Snapshot>|undefined} snapshot
   * @param {number} now ms
   */
  #picture(snapshot, now) {
    if (snapshot === undefined) {
      this.#showPicture(null);
      return;
    }
    const { jpeg, width, height } = snapshot.data;
    if (jpeg !== this.#jpeg) {
      this.#jpeg = jpeg;
      if (width > 0 && height > 0) [this.image.width, this.image.height] = [width, height];
      this.image.src = `data:image/jpeg;base64,${jpeg}`;
      this.#showPicture(snapshot);
    }
    const text = `${localNear(snapshot.time, now)}, ${span((now - snapshot.time) / 1000)} ago`;
    if (this.taken.textContent !== text) this.taken.textContent = text;
    this.taken.title = utc(snapshot.time);
    this.open.title = "Enlarge";
  }

  /** @param {Shown<Snapshot>|null} snapshot */
  #showPicture(snapshot) {
    const has = snapshot !== null;
    this.image.hidden = !has;
    this.taken.hidden = !has;
    this.none.hidden = has;
    this.open.disabled = !has;
    if (!has) this.open.title = "";
  }

  #enlarge() {
    const dialog = /** @type {HTMLDialogElement} */ (byId("picture"));
    fill(
      dialog,
      el("h2", { id: "picture-title" }, `${this.name}, ${this.taken.title}`),
      el("img", { src: this.image.src, alt: `Last picture of ${this.name}` }),
      el("p.muted", {}, "Plates and faces are blurred on the node before a picture leaves it."),
      el("form", { method: "dialog" }, el("button.primary", {}, "Close")),
    );
    dialog.showModal();
  }
}

/** @param {ApproachState} data */
function speed({ meanSpeedKmh, speedStandardErrorKmh }) {
  if (meanSpeedKmh === null || meanSpeedKmh === undefined) return "–";
  const error = speedStandardErrorKmh ?? null;
  return error === null
    ? quantity(meanSpeedKmh, "km/h")
    : `${number(meanSpeedKmh)} ± ${quantity(error, "km/h", error < 10 ? 1 : 0)}`;
}

/** @param {ApproachState} data */
export function reasonOf({ qualityReason }) {
  return (Array.isArray(qualityReason) ? qualityReason : [qualityReason]).filter(Boolean).join(", ");
}

/**
 * @param {string} term
 * @param {string} value
 * @param {Node|null} bar
 * @param {string} note
 * @param {boolean} [isDoubtful]
 */
function figure(term, value, bar, note, isDoubtful = false) {
  return el(
    isDoubtful ? "div.doubtful" : "div",
    {},
    el("dt", {}, term),
    el("dd", {}, el("b", {}, value), bar, note ? el("small", { title: note }, note) : null),
  );
}

/**
 * A share as a bar.
 * @param {number} share 0 to 1
 * @param {string} text for screen readers
 * @param {string} colour class of page.css
 */
export function meter(share, text, colour) {
  const fillBar = el("span.fill");
  fillBar.style.width = `${Math.round(Math.max(0, Math.min(1, share)) * 100)}%`;
  return el(`span.meter.${colour}`, { role: "img", "aria-label": text }, fillBar);
}

export const STATE_COLUMNS = [
  "time_utc",
  "approach",
  "lane",
  "index",
  "index_raw",
  "level",
  "level_of_service",
  "vehicles",
  "density_veh_per_km_lane",
  "mean_speed_kmh",
  "speed_standard_error_kmh",
  "queue_m",
  "quality",
  "quality_reason",
  "source",
];

/**
 * One row an approach and one a lane.
 * @param {Shown<ApproachState>[]} states
 * @returns {import("@sensing/client/chart/panel.js").Cell[][]}
 */
export function stateRows(states) {
  return states.flatMap(({ time, source, data }) => {
    /** @param {import("./types.js").Measures} m @param {number|null} lane */
    const row = (m, lane) => [
      new Date(time),
      data.approach,
      lane,
      m.index,
      m.indexRaw,
      m.level,
      lane === null ? data.levelOfService : null,
      m.vehicles,
      m.densityPerKmLane,
      m.meanSpeedKmh,
      m.speedStandardErrorKmh,
      m.queueM,
      lane === null ? data.quality : null,
      lane === null ? reasonOf(data) : null,
      source,
    ];
    return [row(data, null), ...(data.lanes ?? []).map((l) => row(l, l.lane))];
  });
}
