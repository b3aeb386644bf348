// The list of targets, highest risk first.
import { Panel } from "@sensing/client/chart/panel.js";
import { byId, el, fill } from "@sensing/client/core/dom.js";
import { focused, refocus } from "./focus.js";
import {
  age,
  bearing,
  classWord,
  countdown,
  distance,
  isAtRest,
  isDistress,
  isFixed,
  kindWord,
  levelLook,
  lookIcon,
  nameOf,
  statusWord,
} from "./words.js";

/** A report of that age is late for a vessel under way, s. */
const LATE = 60;

/** @typedef {import("./picture.js").Seen} Seen */

export const TARGET_COLUMNS = [
  "time_utc",
  "target",
  "name",
  "kind",
  "state",
  "level",
  "class",
  "duty",
  "range_m",
  "bearing_deg",
  "cpa_m",
  "tcpa_s",
  "speed_kn",
  "course_deg",
  "latitude",
  "longitude",
  "age_s",
];

/** @param {import("./picture.js").Picture|null} picture */
export const targetRows = (picture) =>
  // Tables show their last row first.
  [...(picture?.targets ?? [])]
    .reverse()
    .map((s) => [
      new Date(Math.round(/** @type {import("./picture.js").Picture} */ (picture).time)),
      s.id,
      s.data.name,
      s.data.kind,
      s.data.state,
      s.level,
      s.class,
      s.duty,
      Math.round(s.range),
      Number(s.bearing.toFixed(1)),
      s.cpa,
      s.tcpa === null ? null : Math.round(s.tcpa),
      s.data.speedKn,
      s.data.courseDeg,
      s.data.latitude,
      s.data.longitude,
      Math.round(s.age),
    ]);

export class TargetPanel {
  #view;
  #shown = "";

  /** @param {import("./boat.js").BoatView} view */
  constructor(view) {
    this.#view = view;
    const { url } = view.frame;
    const choice = el(
      "select",
      { id: "show", "aria-label": "Targets to list" },
      el("option", { value: "all" }, "All"),
      el("option", { value: "vessels" }, "Vessels"),
      el("option", { value: "alerts" }, "Alerts"),
    );
    choice.value = url.get("show");
    choice.addEventListener("change", () => {
      url.set({ show: choice.value });
      view.redraw();
    });
    byId("targets-title").after(choice);
    this.panel = new Panel(byId("targets"), "targets", {
      table: () => ({ columns: TARGET_COLUMNS, rows: targetRows(view.picture()) }),
      picture: null,
      link: () => view.link("targets"),
      range: () => view.frame.range.ends(),
    });
  }

  show() {
    const picture = this.#view.picture();
    if (picture === null) return;
    const wanted = this.#view.frame.url.get("show");
    const listed = picture.targets.filter((s) =>
      wanted === "alerts" ? s.level !== "none" : wanted !== "vessels" || !isFixed(s.data.kind),
    );
    byId("targets-note").textContent =
      picture.targets.length === 0
        ? ""
        : `${listed.length === picture.targets.length ? "" : `${listed.length} of `}${picture.targets.length}, highest risk first`;
    const rows = listed.map((seen) => ({ seen, cells: cellsOf(seen, this.#view) }));
    const selected = this.#view.selected();
    const key = JSON.stringify([rows.map((r) => r.cells), selected]);
    if (key === this.#shown) return;
    this.#shown = key;
    const mark = focused("target");
    fill(
      byId("target-list"),
      listed.length === 0
        ? el("p.empty", {}, wanted === "alerts" ? "No alerts." : "No targets.")
        : el("ul.target-rows", {}, ...rows.map(({ seen, cells }) => this.#row(seen, cells, seen.id === selected))),
    );
    refocus(byId("target-list"), "target", mark);
  }

  /**
   * @param {Seen} seen
   * @param {ReturnType<typeof cellsOf>} cells
   * @param {boolean} isSelected
   */
  #row(seen, cells, isSelected) {
    const look = levelLook(seen.level);
    return el(
      `li.target-row.${seen.level}${seen.data.state === "lost" ? ".lost" : ""}${isSelected ? ".selected" : ""}`,
      {},
      el(
        "button",
        {
          type: "button",
          "aria-pressed": String(isSelected),
          data: { target: seen.id },
          onclick: () => this.#view.select(isSelected ? null : seen.id),
        },
        el("span.level", {}, lookIcon(look), el("span.hidden", {}, `${look.word}. `)),
        el("span.who", {}, el("b", {}, cells.name), el("small", {}, cells.what)),
        el("span.figure", {}, el("small", {}, "Range"), el("span", {}, cells.range)),
        el("span.figure", {}, el("small", {}, "Bearing"), el("span", {}, cells.bearing)),
        el("span.figure", {}, el("small", {}, "CPA"), el("span", {}, cells.cpa)),
        el("span.figure", {}, el("small", {}, "TCPA"), el("span", {}, cells.tcpa)),
        el(`span.figure.age${cells.isLate ? ".late" : ""}`, {}, el("small", {}, "Age"), el("span", {}, cells.age)),
      ),
    );
  }
}

/**
 * @param {Seen} seen
 * @param {import("./boat.js").BoatView} view
 */
function cellsOf(seen, view) {
  const { data } = seen;
  const isPast = seen.tcpa !== null && seen.tcpa <= 0;
  const answers = [
    view.alerts.isMuted(view.source(), seen.id) ? "muted" : "",
    seen.level !== "none" && !view.alerts.isOpen(view.source(), seen) && !view.alerts.isMuted(view.source(), seen.id)
      ? "acknowledged"
      : "",
  ];
  const what = [
    data.state === "lost" ? "lost" : data.state === "unconfirmed" ? "unconfirmed" : "",
    seen.class !== "none"
      ? classWord(seen.class)
      : isDistress(data.kind) || !data.kind.startsWith("class-")
        ? kindWord(data.kind)
        : "",
    isAtRest(data.status) || [2, 3, 7, 8].includes(data.status) ? statusWord(data.status) : "",
    ...answers,
  ].filter(Boolean);
  return {
    name: nameOf(data),
    what: what.join(", ") || kindWord(data.kind),
    range: distance(seen.range),
    bearing: bearing(seen.bearing),
    cpa: isPast ? "–" : distance(seen.cpa),
    tcpa: countdown(seen.tcpa),
    age: age(seen.age),
    isLate: seen.age > LATE && (data.speedKn ?? 0) > 1,
    level: seen.level,
    state: data.state,
  };
}
