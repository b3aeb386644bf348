// Which model variants ran on the edge, by task type, and how long they take there.
import { Panel } from "@sensing/client/chart/panel.js";
import { byId, el, fill } from "@sensing/client/core/dom.js";
import { number, quantity } from "@sensing/client/core/format.js";
import { shareOf, typesOf } from "./tally.js";
import { percent } from "./words.js";

export class VariantPanel {
  #view;
  #shown = "";

  /** @param {import("./drones.js").DronesView} view */
  constructor(view) {
    this.#view = view;
    this.panel = new Panel(byId("variants"), "variants", {
      table: () => ({
        columns: ["type", "variant", "runs", "share", "edge_p95_ms"],
        rows: this.#types().flatMap(({ type, variants, runs }) =>
          variants.map((v) => [type, v.variant, v.runs, shareOf(v.runs, runs), v.edgeMs]),
        ),
      }),
      picture: null,
      link: () => view.link("variants"),
      range: () => view.frame.range.ends(),
    });
  }

  show() {
    const types = this.#types();
    this.#view.showState(this.panel, {
      isEmpty: types.every((t) => t.runs === 0),
      emptyText:
        this.#view.reports().length === 0 ? "No report of the edge in this range." : "Nothing ran on the edge.",
    });
    const key = JSON.stringify(types);
    if (key === this.#shown) return;
    this.#shown = key;
    fill(
      byId("variant-list"),
      ...types
        .filter((t) => t.runs > 0)
        .map(({ type, variants, runs }) =>
          el(
            "div.variant-type",
            {},
            el("h3", {}, type),
            el(
              "ul",
              {},
              ...variants.map((v) => {
                const share = shareOf(v.runs, runs) ?? 0;
                const bar = el("span.fill");
                bar.style.width = `${share * 100}%`;
                return el(
                  "li",
                  { title: `${number(v.runs)} runs` },
                  el("span.variant-name", {}, v.variant),
                  el("span.number", {}, percent(share)),
                  el("span.number.muted", { title: "95th percentile on the edge" }, quantity(v.edgeMs, "ms")),
                  el("span.variant-bar", { "aria-hidden": "true" }, bar),
                );
              }),
            ),
          ),
        ),
    );
  }

  /** The types, or the chosen one. */
  #types() {
    const chosen = this.#view.type();
    return typesOf(this.#view.reports())
      .filter((t) => chosen === null || t.type === chosen)
      .map(({ type, variants }) => ({ type, variants, runs: variants.reduce((sum, v) => sum + v.runs, 0) }));
  }
}
