// The last picture of each drone, with what was found in it, and what became of the tasks of its newest segment.
import { Panel } from "@sensing/client/chart/panel.js";
import { byId, el, fill, icon } from "@sensing/client/core/dom.js";
import { localNear, span, utc } from "@sensing/client/core/format.js";
import { lookOf, overlay } from "./overlay.js";
import { RESULT } from "./types.js";
import { foundWords, personWords, taskWords } from "./words.js";

/** A drone sends a segment each second: without one for so long it is silent, s. */
const STALE = 15;

/** Persons that are listed. */
const MOST_PERSONS = 6;

/** @typedef {import("./data.js").DroneState} DroneState */

const COLUMNS = [
  "time_utc",
  "drone",
  "segment",
  "person",
  "left_px",
  "top_px",
  "right_px",
  "bottom_px",
  "score",
  "vest",
  "mask",
  "distance_m",
  "crowd",
  "nearest_object",
  "nearest_object_m",
];

export class PicturePanel {
  #view;
  /** @type {Map<string, DroneCard>} */
  #cards = new Map();

  /** @param {import("./drones.js").DronesView} view */
  constructor(view) {
    this.#view = view;
    this.panel = new Panel(byId("pictures"), "found", {
      table: () => ({ columns: COLUMNS, rows: this.#drones().flatMap(([, state]) => rowsOf(state)) }),
      picture: null,
      link: () => view.link("pictures"),
      range: () => view.frame.range.ends(),
    });
  }

  show() {
    const data = this.#view.data();
    if (data === null) return;
    const drones = this.#drones();
    this.#view.showState(
      this.panel,
      {
        isEmpty: drones.length === 0,
        emptyText: "No segment of a drone up to the end of this range.",
      },
      RESULT,
    );
    const names = drones.map(([name]) => name);
    for (const name of this.#cards.keys()) if (!names.includes(name)) this.#cards.delete(name);
    for (const name of names) if (!this.#cards.has(name)) this.#cards.set(name, new DroneCard(name));
    const host = byId("picture-list");
    const nodes = names.map((name) => /** @type {DroneCard} */ (this.#cards.get(name)).node);
    if (nodes.length !== host.childElementCount || nodes.some((node, i) => host.children[i] !== node))
      fill(host, ...nodes);
    const now = this.#view.eventNow();
    for (const [name, state] of drones) this.#cards.get(name)?.show(state, now, this.#view.isLive);
  }

  #drones() {
    return [...(this.#view.data()?.drones ?? [])].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
  }
}

class DroneCard {
  #drawn = 0;
  #key = "";

  /** @param {string} name */
  constructor(name) {
    this.name = name;
    this.stage = el("span.stage");
    this.taken = el("span.taken");
    this.open = el(
      "button.drone-picture",
      { type: "button", disabled: true, onclick: () => this.#enlarge() },
      this.stage,
      this.taken,
    );
    this.age = el("p.drone-age");
    this.found = el("div.drone-found");
    this.tasks = el("ul.drone-tasks", { "aria-label": "Tasks of the newest segment" });
    this.node = el(
      "article.drone",
      { "aria-label": `Drone ${name}` },
      this.open,
      el("div.drone-body", {}, el("div.drone-head", {}, el("h3", {}, name), this.age), this.found, this.tasks),
    );
    /** @type {import("./types.js").Timed<import("./types.js").Result>|null} */
    this.pictured = null;
  }

  /**
   * @param {DroneState} state
   * @param {number} now ms
   * @param {boolean} follows
   */
  show({ last, picture }, now, follows) {
    const age = (now - last.time) / 1000;
    const isStale = follows && age > STALE;
    this.node.classList.toggle("is-stale", isStale);
    const text = isStale ? `Stale: nothing new for ${span(age)}` : `segment ${last.data.segment}`;
    if (this.age.textContent !== text) fill(this.age, isStale ? icon("stale") : null, text);
    this.age.title = utc(last.time);
    this.#picture(picture);
    if (picture) {
      const taken = `${localNear(picture.time, now)}, ${span((now - picture.time) / 1000)} ago`;
      if (this.taken.textContent !== taken) this.taken.textContent = taken;
    }
    const key = `${last.time} ${picture?.time}`;
    if (key === this.#key) return;
    this.#key = key;
    const shown = (picture ?? last).data;
    fill(
      this.found,
      el("p", {}, el("b", {}, foundWords(shown))),
      el(
        "ol",
        {},
        ...shown.persons.slice(0, MOST_PERSONS).map((person) => el(`li.${lookOf(person)}`, {}, personWords(person))),
      ),
      shown.persons.length > MOST_PERSONS
        ? el("p.muted.small", {}, `and ${shown.persons.length - MOST_PERSONS} more`)
        : null,
    );
    fill(
      this.tasks,
      ...last.data.tasks.map((task) =>
        el(
          `li.fate.${task.fate.toLowerCase()}`,
          { title: taskWords(task) },
          el("b", {}, task.type),
          ` ${task.fate.toLowerCase()}${task.place.toLowerCase() === "cloud" ? ", cloud" : ""}`,
        ),
      ),
    );
  }

  /** @param {DroneState["picture"]} picture */
  #picture(picture) {
    if ((picture?.time ?? -1) === this.#drawn) return;
    this.#drawn = picture?.time ?? -1;
    this.pictured = picture;
    this.open.disabled = picture === null;
    this.taken.hidden = picture === null;
    this.open.title = picture ? "Enlarge" : "";
    this.taken.title = picture ? utc(picture.time) : "";
    if (picture) fill(this.stage, ...stageOf(this.name, picture.data));
    else fill(this.stage, el("span.no-drone-picture", {}, "No picture"));
  }

  #enlarge() {
    if (this.pictured === null) return;
    const { time, data } = this.pictured;
    const dialog = /** @type {HTMLDialogElement} */ (byId("drone-picture"));
    fill(
      dialog,
      el("h2", { id: "drone-picture-title" }, `${this.name}, ${utc(time)}`),
      el("div.stage", {}, ...stageOf(this.name, data)),
      el("p", {}, foundWords(data)),
      el("ol", {}, ...data.persons.map((person) => el(`li.${lookOf(person)}`, {}, personWords(person)))),
      el(
        "p.muted",
        {},
        "Heads are made unrecognisable on the node before a picture leaves it. The error of distances is not known.",
      ),
      el("form", { method: "dialog" }, el("button.primary", {}, "Close")),
    );
    dialog.showModal();
  }
}

/**
 * @param {string} name
 * @param {import("./types.js").Result} result
 */
function stageOf(name, result) {
  const image = el("img", {
    alt: `Last picture of ${name}. ${foundWords(result)}.`,
    decoding: "async",
    src: `data:image/jpeg;base64,${result.jpeg}`,
  });
  if (result.width > 0 && result.height > 0) [image.width, image.height] = [result.width, result.height];
  return [image, overlay(result)];
}

/**
 * One row a person; one without a person where nobody was found.
 * @param {DroneState} state
 * @returns {import("@sensing/client/chart/panel.js").Cell[][]}
 */
export function rowsOf({ last, picture }) {
  const { time, data } = picture ?? last;
  const { drone, segment, persons, crowd, nearestObject, nearestObjectM } = data;
  /** @param {import("./types.js").Person|null} p @param {number|null} i */
  const row = (p, i) => [
    new Date(time),
    drone,
    segment,
    i,
    p?.left,
    p?.top,
    p?.right,
    p?.bottom,
    p?.score,
    p === null || (p.vest ?? null) === null ? null : String(p.vest),
    p?.mask,
    p?.distanceM,
    crowd,
    nearestObject,
    nearestObjectM,
  ];
  return persons.length === 0 ? [row(null, null)] : persons.map((p, i) => row(p, i + 1));
}
