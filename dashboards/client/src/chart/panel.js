// The frame of a chart: what it says about its data, and its buttons for CSV, PNG, link and table.
import { el, fill, icon } from "../core/dom.js";
import { fileName, save, toCsv } from "../core/csv.js";

const TABLE_ROWS = 500;

/** Significant digits of numbers in the table; the CSV has all of them. */
const TABLE_DIGITS = 8;

/** @typedef {string|number|Date|null|undefined} Cell */
/** @typedef {{columns: string[], rows: Cell[][]}} Table columns with units, e.g. "speed_kmh" */
/** @typedef {"ok"|"loading"|"empty"|"stale"|"error"} PanelState */

/**
 * @typedef {object} PanelSource what a panel asks of what it frames
 * @property {() => Table} [table] absent: no CSV
 * @property {() => Table} [csv] where the file holds something else than the table
 * @property {(() => HTMLCanvasElement|null)|null} picture null: no picture, and nothing to show as a table instead
 * @property {() => string} link
 * @property {() => {from: number, to: number}} range
 */
/**
 * A panel to be filled, for pages that build their content in code.
 * @param {string} id of the section; also the anchor of its links
 * @param {string} title
 * @param {string} [unit] small print after the title
 * @param {...(Node|string)} content of the panel's body
 */
export function panelSection(id, title, unit = "", ...content) {
  return el(
    "section.panel",
    { id, "aria-labelledby": `${id}-title` },
    el("div.panel-head", {}, el("h2", { id: `${id}-title` }, title, unit ? el("small", {}, ` ${unit}`) : null)),
    el("div.panel-body", {}, ...content),
  );
}

export class Panel {
  /** @type {HTMLElement|null} */
  #table = null;

  /**
   * @param {HTMLElement} section a section.panel with h2 and .panel-body
   * @param {string} name for file names
   * @param {PanelSource} source
   */
  constructor(section, name, source) {
    this.section = section;
    this.name = name;
    this.source = source;
    this.title = part(section, "h2").textContent ?? "";
    this.body = part(section, ".panel-body");
    this.note = el("p.panel-note", { role: "status" });
    this.said = el("span.hidden", { role: "status" });
    /** @param {string} shape @param {string} label @param {() => void} run */
    const button = (shape, label, run) =>
      el(
        "button.tool",
        { type: "button", title: label, "aria-label": `${label}: ${this.title}`, onclick: run },
        icon(shape),
      );
    this.tableButton = button("table", "Show as table", () => this.toggleTable());
    this.tableButton.setAttribute("aria-pressed", "false");
    // What is a table already needs no table and has no picture.
    const tools = el(
      "div.tools",
      {},
      source.picture ? this.tableButton : null,
      source.table ? button("csv", "Download CSV", () => this.saveCsv()) : null,
      source.picture ? button("image", "Download PNG", () => this.savePng()) : null,
      button("link", "Copy link", () => this.copyLink()),
    );
    part(section, ".panel-head").append(tools);
    this.body.before(this.note, this.said);
  }

  /**
   * Shows how fresh and complete the data are. "ok" shows nothing; every other state looks different from a curve at
   * zero.
   * @param {PanelState} state
   * @param {string} [text]
   */
  setState(state, text = "") {
    this.section.dataset.state = state;
    if (this.note.textContent !== text) this.note.textContent = text;
    this.section.setAttribute("aria-busy", String(state === "loading"));
  }

  saveCsv() {
    const read = this.source.csv ?? this.source.table;
    if (!read) return;
    const { columns, rows } = read();
    const { from, to } = this.source.range();
    save(new Blob([toCsv(columns, rows)], { type: "text/csv;charset=utf-8" }), fileName(this.name, from, to, "csv"));
  }

  savePng() {
    const canvas = this.source.picture?.();
    const { from, to } = this.source.range();
    canvas?.toBlob((blob) => blob && save(blob, fileName(this.name, from, to, "png")), "image/png");
  }

  async copyLink() {
    const link = this.source.link();
    try {
      await navigator.clipboard.writeText(link);
      this.#say("Link copied");
    } catch {
      // Without the right to the clipboard the address bar has it.
      history.replaceState(null, "", link);
      this.#say("The link is in the address bar");
    }
  }

  toggleTable() {
    const show = this.#table === null;
    this.#table?.remove();
    this.#table = null;
    this.tableButton.setAttribute("aria-pressed", String(show));
    this.section.classList.toggle("shows-table", show);
    if (show) {
      this.#table = el("div.table-scroll", { tabIndex: 0, role: "region", "aria-label": `${this.title} as a table` });
      this.body.after(this.#table);
      this.refreshTable();
    }
  }

  /** Fills the table again, where it is open. */
  refreshTable() {
    if (this.#table === null || !this.source.table) return;
    const { columns, rows } = this.source.table();
    const text = (/** @type {Cell} */ value) =>
      value instanceof Date
        ? value.toISOString().replace(".000Z", "Z")
        : value === null || value === undefined
          ? "–"
          : typeof value === "number"
            ? String(Number(value.toPrecision(TABLE_DIGITS)))
            : String(value);
    fill(
      this.#table,
      el(
        "table",
        {},
        el("thead", {}, el("tr", {}, ...columns.map((c) => el("th", { scope: "col" }, c)))),
        el(
          "tbody",
          {},
          ...rows
            .slice(-TABLE_ROWS)
            .reverse()
            .map((row) => el("tr", {}, ...row.map((value) => el("td", {}, text(value))))),
        ),
      ),
      rows.length > TABLE_ROWS
        ? el("p.muted", {}, `The newest ${TABLE_ROWS} of ${rows.length} rows; the CSV has them all.`)
        : null,
    );
  }

  /** @param {string} text */
  #say(text) {
    this.said.textContent = text;
    this.section.dataset.said = text;
    setTimeout(() => {
      delete this.section.dataset.said;
      this.said.textContent = "";
    }, 2500);
  }
}

/**
 * @param {HTMLElement} section
 * @param {string} selector
 * @returns {HTMLElement}
 */
function part(section, selector) {
  const found = section.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`The panel #${section.id} has no ${selector}.`);
  return found;
}
