// What needs attention now: an entry for each open alert, the anchor watch, and impacts of the last minutes.
import { byId, el, fill } from "@sensing/client/core/dom.js";
import { localSecond, quantity } from "@sensing/client/core/format.js";
import { focused, refocus } from "./focus.js";
import { lastAt } from "./picture.js";
import { blowWords } from "./impacts.js";
import {
  bearing,
  countdown,
  distance,
  impactLook,
  isDistress,
  kindWord,
  levelLook,
  lookIcon,
  nameOf,
} from "./words.js";

/** The plot and the list must stay in sight. */
const MOST = 3;

/** An impact is news for so long, ms. */
const NEWS = 300000;

/** @typedef {import("./picture.js").Seen} Seen */

export class AlertBar {
  #view;
  #shown = "";

  /** @param {import("./boat.js").BoatView} view */
  constructor(view) {
    this.#view = view;
  }

  /** Alerts that nobody has answered. */
  open() {
    const { alerts } = this.#view;
    return (this.#view.picture()?.targets ?? []).filter((s) => alerts.isOpen(this.#view.source(), s));
  }

  acknowledgeFirst() {
    const first = this.open()[0];
    if (first === undefined) return;
    this.#view.alerts.acknowledge(this.#view.source(), first);
    this.#view.redraw();
  }

  show() {
    const data = this.#view.data();
    const picture = this.#view.picture();
    if (data === null || picture === null) return;
    const open = this.open();
    const anchor = lastAt(data.encounters.get("own-ship") ?? [], picture.time);
    const blows = data.impacts
      .all()
      .filter((i) => impactLook(i.data.class).isImpact && i.time <= picture.time && picture.time - i.time < NEWS);
    const key = JSON.stringify([
      open.map((s) => [
        s.id,
        s.level,
        s.advice,
        distance(s.cpa),
        countdown(s.tcpa),
        distance(s.range),
        bearing(s.relative),
      ]),
      anchor,
      blows.map((i) => [i.key, i.data.complete]),
    ]);
    if (key === this.#shown) return;
    this.#shown = key;
    const mark = focused("answer");
    fill(
      byId("alerts"),
      ...blows.slice(0, 1).map((i) => blow(i)),
      anchor !== null && anchor.data.level !== "none" ? banner("alarm", anchor.data.advice, "Anchor watch") : null,
      ...open.slice(0, MOST).map((s) => this.#entry(s)),
      open.length > MOST ? el("li.more", {}, `${open.length - MOST} more in the list`) : null,
    );
    refocus(byId("alerts"), "answer", mark);
  }

  /** @param {Seen} seen */
  #entry(seen) {
    const { alerts } = this.#view;
    const name = nameOf(seen.data);
    const cannotMute = isDistress(seen.data.kind);
    /** @param {string} text @param {string} what @param {() => void} run */
    const button = (text, what, run) =>
      el(
        "button",
        {
          type: "button",
          "aria-label": `${text} ${name}`,
          data: { answer: `${what} ${seen.id}` },
          onclick: () => {
            run();
            this.#view.redraw();
          },
        },
        text,
      );
    const facts = isDistress(seen.data.kind)
      ? `${distance(seen.range)} at ${bearing(seen.bearing)}`
      : `CPA ${distance(seen.cpa)} in ${countdown(seen.tcpa)}, ${distance(seen.range)} away${seen.relative === null ? "" : `, ${relative(seen.relative)}`}`;
    return el(
      `li.boat-alert.${seen.level}`,
      {},
      lookIcon(levelLook(seen.level)),
      el(
        "div",
        {},
        el("p.advice", {}, seen.advice || levelLook(seen.level).word),
        el(
          "p.facts",
          {},
          el("button.plain", { type: "button", onclick: () => this.#view.select(seen.id) }, name),
          ` – ${isDistress(seen.data.kind) ? `${kindWord(seen.data.kind)}, ` : ""}${facts}`,
        ),
      ),
      el(
        "div.answers",
        {},
        button("Acknowledge", "ack", () => alerts.acknowledge(this.#view.source(), seen)),
        cannotMute ? null : button("Mute", "mute", () => alerts.mute(this.#view.source(), seen.id, true)),
      ),
    );
  }
}

/**
 * "32° to starboard"
 * @param {number} degrees
 */
export function relative(degrees) {
  const size = Math.round(Math.abs(degrees));
  if (size === 0) return "ahead";
  if (size === 180) return "astern";
  return `${size}° to ${degrees < 0 ? "port" : "starboard"}`;
}

/**
 * @param {string} level
 * @param {string} what
 * @param {string} facts
 */
function banner(level, what, facts) {
  return el(
    `li.boat-alert.${level}`,
    {},
    lookIcon(levelLook(level)),
    el("div", {}, el("p.advice", {}, what), el("p.facts", {}, facts)),
  );
}

/** @param {import("./impacts.js").ShownImpact} impact */
const blow = ({ time, data }) =>
  banner(
    "alarm",
    blowWords(data),
    `Impact at ${localSecond(time)}, peak ${quantity(data.peakMs2, "m/s²", 1)}, probability ${quantity(100 * data.impactProbability, "%")}`,
  );
