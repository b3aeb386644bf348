// The list of open alarms and notices.
import { el, fill, icon } from "@sensing/client/core/dom.js";
import { localNear, utc } from "@sensing/client/core/format.js";

const MOST = 40;

/** @typedef {import("./alarms.js").Alarm} Alarm */

export class AlarmList {
  /** @type {Set<string>|null} */
  #shown = null;

  /**
   * @param {HTMLElement} host
   * @param {HTMLElement} spoken a polite live region: says what has just opened
   */
  constructor(host, spoken) {
    this.host = host;
    this.spoken = spoken;
  }

  /**
   * @param {Alarm[]} alarms
   * @param {number} now ms
   */
  show(alarms, now) {
    const keys = new Set(alarms.map((a) => a.key));
    const before = this.#shown;
    const opened = before === null ? [] : alarms.filter((a) => !before.has(a.key));
    if (opened.length) this.spoken.textContent = opened.map((a) => `${a.what}, ${a.where}.`).join(" ");
    this.#shown = keys;
    if (alarms.length === 0) {
      fill(this.host, el("p.all-well", {}, icon("ok"), " Nothing is wrong."));
      return;
    }
    fill(
      this.host,
      el("ul.alarm-list", {}, ...alarms.slice(0, MOST).map((alarm) => row(alarm, now))),
      alarms.length > MOST ? el("p.muted", {}, `and ${alarms.length - MOST} more`) : null,
    );
  }
}

/**
 * @param {Alarm} alarm
 * @param {number} now ms
 */
function row({ severity, what, where, since, detail, remedy, count = 1 }, now) {
  return el(
    "li",
    {},
    el(`span.severity.${severity}`, {}, icon(severity), el("span.hidden", {}, `${severity}: `)),
    el(
      "div",
      {},
      el(
        "div.alarm-head",
        {},
        el("b", {}, what),
        count > 1 ? el("span.count", {}, `× ${count}`) : null,
        since === null
          ? null
          : el("time", { title: utc(since) }, `${count > 1 ? "last " : "since "}${localNear(since, now)}`),
      ),
      el("div.where", {}, where),
      detail ? el("div.detail", {}, detail) : null,
      remedy ? el("div.remedy", {}, remedy) : null,
    ),
  );
}
