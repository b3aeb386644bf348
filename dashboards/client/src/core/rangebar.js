// The range control: live, four spans that follow now, or a custom range.
import { el, fill } from "./dom.js";
import { localFull, utc } from "./format.js";
import { ends, follows, parseRange, RANGES } from "./range.js";

/** @typedef {import("./range.js").Range} Range */

/** Shows a range, and reports when the viewer picks another. */
export class RangeBar {
  /** @type {Map<string, HTMLInputElement>} */
  #radios = new Map();
  /** @type {Range|null} */
  #current = null;
  #now = 0;

  /**
   * @param {HTMLElement} host
   * @param {(range: Range) => void} onChange
   */
  constructor(host, onChange) {
    this.onChange = onChange;
    const options = [...RANGES, { key: "custom", label: "Custom" }].map(({ key, label }) => {
      const radio = el("input", { type: "radio", name: "range", value: key, id: `range-${key}` });
      this.#radios.set(key, radio);
      radio.addEventListener("change", () => (key === "custom" ? this.#open() : onChange(parseRange(key))));
      return el("label", { for: radio.id }, radio, el("span", {}, label));
    });
    // A checked radio says nothing when it is clicked again; "Custom" then should still open its dialog.
    this.#radios.get("custom")?.addEventListener("click", () => this.#current?.key === "custom" && this.#open());
    this.from = el("input", { type: "datetime-local", step: "1", id: "range-from", required: true });
    this.to = el("input", { type: "datetime-local", step: "1", id: "range-to", required: true });
    this.problem = el("p.problem", { role: "alert" });
    this.dialog = el(
      "dialog.range-dialog",
      { "aria-labelledby": "range-title" },
      el("h2", { id: "range-title" }, "Custom range"),
      el(
        "form",
        { method: "dialog", onsubmit: (/** @type {Event} */ event) => this.#apply(event) },
        el("label", { for: "range-from" }, "From", this.from),
        el("label", { for: "range-to" }, "To", this.to),
        this.problem,
        el(
          "div.buttons",
          {},
          el("button", { type: "button", onclick: () => this.dialog.close() }, "Cancel"),
          el("button.primary", { type: "submit" }, "Show"),
        ),
      ),
    );
    this.dialog.addEventListener("close", () => this.#current && this.show(this.#current, this.#now));
    this.shown = el("span.range-shown");
    fill(host, el("fieldset.segments", {}, el("legend.hidden", {}, "Time range"), ...options), this.shown, this.dialog);
  }

  /**
   * @param {Range} range
   * @param {number} now ms
   */
  show(range, now) {
    this.#current = range;
    this.#now = now;
    const radio = this.#radios.get(range.key);
    if (radio) radio.checked = true;
    const { from, to } = ends(range, now);
    this.shown.textContent = follows(range) ? "" : `${localFull(from)} – ${localFull(to)}`;
    this.shown.title = follows(range) ? "" : `${utc(from)} – ${utc(to)}`;
  }

  #open() {
    if (this.#current === null) return;
    const { from, to } = ends(this.#current, this.#now);
    this.from.value = localInput(from);
    this.to.value = localInput(to);
    this.problem.textContent = "";
    this.dialog.showModal();
  }

  /** @param {Event} event */
  #apply(event) {
    const from = new Date(this.from.value);
    const to = new Date(this.to.value);
    const range =
      Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())
        ? null
        : parseRange(`${from.toISOString()},${to.toISOString()}`);
    if (range?.key !== "custom") {
      event.preventDefault();
      this.problem.textContent = "The end must be after the start and at most 31 days later.";
      return;
    }
    this.#current = range;
    this.onChange(range);
  }
}

/**
 * The value of a datetime-local input, in the viewer's zone.
 * @param {number} ms
 */
function localInput(ms) {
  const shifted = new Date(ms - new Date(ms).getTimezoneOffset() * 60000);
  return shifted.toISOString().slice(0, 19);
}
