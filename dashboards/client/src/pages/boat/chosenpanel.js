// All that is known of the chosen target, with the rule that applies.
import { Panel } from "@sensing/client/chart/panel.js";
import { byId, el, fill } from "@sensing/client/core/dom.js";
import { quantity, span } from "@sensing/client/core/format.js";
import { relative } from "./alertbar.js";
import { focused, refocus } from "./focus.js";
import { TARGET_COLUMNS, targetRows } from "./targetpanel.js";
import {
  angle,
  bearing,
  bowCrossing,
  classWord,
  countdown,
  distance,
  dutyWord,
  isDistress,
  kindWord,
  levelLook,
  lookIcon,
  nameOf,
  shipWord,
  speed,
  statusWord,
} from "./words.js";

export class ChosenPanel {
  #view;
  #shown = "";

  /** @param {import("./boat.js").BoatView} view */
  constructor(view) {
    this.#view = view;
    this.panel = new Panel(byId("chosen"), "target", {
      table: () => {
        const picture = view.picture();
        const only = picture && { ...picture, targets: picture.targets.filter((s) => s.id === view.selected()) };
        return { columns: TARGET_COLUMNS, rows: targetRows(only) };
      },
      picture: null,
      link: () => view.link("chosen"),
      range: () => view.frame.range.ends(),
    });
  }

  show() {
    const id = this.#view.selected();
    const seen = this.#view.picture()?.targets.find((s) => s.id === id);
    const section = byId("chosen");
    section.hidden = id === null;
    if (id === null) return;
    if (seen === undefined) {
      byId("chosen-title").textContent = id;
      if (this.#shown !== id) fill(byId("chosen-view"), el("p.empty", {}, "This target is not known at this time."));
      this.#shown = id;
      return;
    }
    const { data } = seen;
    const { alerts } = this.#view;
    const source = this.#view.source();
    const isMuted = alerts.isMuted(source, id);
    const isOpen = alerts.isOpen(source, seen);
    /** @type {[string, string][]} */
    const facts = [
      ["Range", distance(seen.range)],
      ["Bearing", `${bearing(seen.bearing)}${seen.relative === null ? "" : `, ${relative(seen.relative)}`}`],
      [
        "CPA",
        seen.cpa === null
          ? "–"
          : `${distance(seen.cpa)}${seen.cpaError === null ? "" : ` ± ${distance(seen.cpaError)}`}`,
      ],
      ["TCPA", countdown(seen.tcpa)],
      [
        "Crosses own bow",
        bowCrossing(
          data.bowCrossingM,
          data.bowCrossingSeconds === undefined ? undefined : data.bowCrossingSeconds - (seen.age - data.ageSeconds),
        ),
      ],
      ["Speed", speed(data.speedKn)],
      ["Course", bearing(data.courseDeg)],
      ["Heading", bearing(data.headingDeg)],
      ["Status", statusWord(data.status) || "–"],
      ["Last report", `${span(seen.age)} ago${data.onRadar ? ", on radar" : ""}`],
      [
        "Position",
        data.latitude === undefined || data.longitude === undefined
          ? "–"
          : `${angle(data.latitude, "N", "S")} ${angle(data.longitude, "E", "W")}`,
      ],
      [
        "Identity",
        [data.target, data.callSign, shipWord(data.shipType), data.lengthM ? quantity(data.lengthM, "m") : ""]
          .filter(Boolean)
          .join(", "),
      ],
    ];
    const key = JSON.stringify([id, facts, seen.level, seen.advice, seen.duty, isMuted, isOpen, data.state]);
    if (key === this.#shown) return;
    this.#shown = key;
    byId("chosen-title").textContent =
      `${nameOf(data)}, ${kindWord(data.kind)}${data.state === "confirmed" ? "" : `, ${data.state}`}`;
    const look = levelLook(seen.level);
    const mark = focused("answer");
    fill(
      byId("chosen-view"),
      el(
        `p.rule.${seen.level}`,
        {},
        el(`span.chip.${look.colour}`, {}, lookIcon(look), look.word),
        seen.duty === "none" ? null : el("span.chip.duty", {}, dutyWord(seen.duty)),
        el("b", {}, seen.advice || (seen.class === "none" ? "No risk of collision" : classWord(seen.class))),
      ),
      el("dl.facts", {}, ...facts.map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value)))),
      el(
        "p.answers",
        {},
        isOpen ? this.#button("Acknowledge", "chosen-ack", () => alerts.acknowledge(source, seen)) : null,
        isDistress(data.kind)
          ? null
          : this.#button(isMuted ? "Unmute" : "Mute", "chosen-mute", () => alerts.mute(source, id, !isMuted)),
        this.#button("Close", "chosen-close", () => this.#view.select(null)),
        el("small.muted", {}, "Answers hold on this screen; the vessel's own alarms are answered on board."),
      ),
    );
    if (mark?.startsWith("chosen-")) refocus(byId("chosen-view"), "answer", mark);
  }

  /**
   * @param {string} text
   * @param {string} answer
   * @param {() => void} run
   */
  #button(text, answer, run) {
    return el(
      "button",
      {
        type: "button",
        data: { answer },
        onclick: () => {
          run();
          this.#view.redraw();
        },
      },
      text,
    );
  }
}
