// The signal plan's panel: the ring, the phases, why, and what each group shows.
import { Panel } from "@sensing/client/chart/panel.js";
import { picture } from "@sensing/client/chart/picture.js";
import { byId, el, fill, icon } from "@sensing/client/core/dom.js";
import { localFull, localSecond, number, quantity, span, utc } from "@sensing/client/core/format.js";
import { PLAN_COLUMNS, phasesOf, planNow, planRows } from "./plan.js";
import { Ring } from "./ring.js";
import { arcsOf, countdownText } from "./ringlayout.js";
import { aspectLook, lookIcon, modeWord, plain, stageLook } from "./words.js";

/** The ring's phases are those of the last half hour, ms. */
const RECENT = 1800000;

/** @typedef {import("./data.js").JunctionData} JunctionData */
/** @typedef {import("./plan.js").PlanNow} PlanNow */

export class PlanPanel {
  #view;
  #said = "";
  #shown = "";

  /** @param {import("./junction.js").JunctionView} view */
  constructor(view) {
    this.#view = view;
    const { range } = view.frame;
    this.section = byId("plan");
    this.ring = new Ring();
    this.about = el("div.plan-about");
    this.groups = el("ul.groups", { "aria-label": "Signal groups" });
    this.spoken = el("p.hidden", { role: "status" });
    fill(byId("plan-view"), el("div.ring-host", {}, this.ring.canvas), this.about, this.groups, this.spoken);
    this.panel = new Panel(this.section, "signal_plan", {
      table: () => {
        const { from, to } = range.ends();
        return { columns: PLAN_COLUMNS, rows: planRows(view.data()?.plans.between(from, to) ?? []) };
      },
      link: () => view.link("plan"),
      range: () => range.ends(),
      picture: () => {
        const at = this.#at();
        return at
          ? picture(this.ring.canvas, `Signal plan, ${at.plan.junction}`, { subtitle: localFull(view.eventNow()) })
          : null;
      },
    });
  }

  show() {
    const data = this.#view.data();
    this.section.hidden = data === null || data.junction.signals === null;
    if (data === null || this.section.hidden) return;
    const time = this.#view.eventNow();
    const at = this.#at();
    this.section.classList.toggle("is-empty", at === null);
    if (at === null) {
      if (data.problem) this.panel.setState("error", data.problem.message);
      else if (data.isLoading) this.panel.setState("loading", "Loading");
      else this.panel.setState("empty", "No signal plan at this time.");
      this.#shown = "";
      return;
    }
    const now = planNow(at, time);
    if (data.problem) this.panel.setState("error", data.problem.message);
    else if (now.isStale) this.panel.setState("stale", `Stale: no plan for ${span(now.age)}`);
    else this.panel.setState("ok");
    const phases = phasesOf(data.plans.between(time - RECENT, time));
    const arcs = arcsOf(phases);
    const stage = stageLook(now.stage);
    const text = countdownText(now);
    this.ring.draw(now, arcs, { ...text, stage: stage.word, phase: now.phase });
    const spoken = `${stage.word}, phase ${now.phase}: ${text.big} ${text.unit === "s" ? "seconds " : ""}${text.small}`;
    this.ring.canvas.setAttribute("aria-label", `Signal plan. ${spoken}`);
    this.#about(now, at.time, phases, arcs);
    this.#say(now, stage.word);
    this.panel.refreshTable();
  }

  /**
   * @param {PlanNow} now
   * @param {number} time ms
   * @param {import("./plan.js").Phase[]} phases
   * @param {import("./ringlayout.js").Arc[]} arcs
   */
  #about(now, time, phases, arcs) {
    const { plan } = now;
    const key = JSON.stringify([
      time,
      now.stage,
      now.phase,
      now.nextPhase,
      phases.map((p) => Math.round(p.seconds ?? 0)),
    ]);
    if (key === this.#shown) return;
    this.#shown = key;
    const mode = plain(plan.mode);
    fill(
      this.about,
      el(
        "p.plan-mode",
        {},
        el(
          `span.chip.${mode === "preemption" ? "critical" : plan.fallback ? "doubtful" : "calm"}`,
          {},
          modeWord(plan.mode),
        ),
        el("span", {}, sentence(plan.reason)),
      ),
      plan.fallback
        ? el("p.fallback", {}, icon("warning"), el("b", {}, " Fallback to the fixed plan: "), sentence(plan.fallback))
        : null,
      el(
        "ol.phases",
        { "aria-label": "Phases" },
        ...phases.map(({ phase, seconds }, i) => {
          const isPresent = phase === now.phase;
          const isNext = phase === now.nextPhase && !isPresent;
          return el(
            isPresent ? "li.present" : isNext ? "li.next" : "li",
            {},
            el("span.phase-label", { "aria-hidden": "true" }, arcs[i].label),
            el("span.phase-name", {}, phase),
            el("span.phase-word", {}, isPresent ? stageLook(now.stage).word : isNext ? "Next" : ""),
            el(
              "span.muted",
              { title: "mean length of its recent greens" },
              seconds === null ? "" : `⌀ ${quantity(seconds, "s")}`,
            ),
          );
        }),
      ),
      el("p.muted.small", { title: utc(time) }, `${plan.junction}, plan of ${localSecond(time)}`),
    );
    fill(
      this.groups,
      ...plan.groups.map(({ group, aspect }) => {
        const look = aspectLook(aspect);
        return el(
          `li.group.${look.colour}`,
          {},
          el("span.lamp", {}, lookIcon(look)),
          el("span.group-name", {}, group),
          el("span.group-word", {}, look.word),
        );
      }),
    );
  }

  /**
   * Speaks what an officer must know: another mode, not each change of lamps.
   * @param {PlanNow} now
   * @param {string} stage
   */
  #say({ plan, phase }, stage) {
    const said = `${modeWord(plan.mode)}${plan.fallback ? `, fallback: ${plan.fallback}` : ""}`;
    if (said === this.#said) return;
    const isFirst = this.#said === "";
    this.#said = said;
    if (!isFirst) this.spoken.textContent = `Signals: ${said}. ${stage}, phase ${phase}.`;
  }

  /** The plan in force: the newest, or that at the end of a fixed range. */
  #at() {
    const { follows } = this.#view.frame.range;
    return this.#view.data()?.plans.at(follows ? Infinity : this.#view.eventNow()) ?? null;
  }

  /** The countdown in words, for the key that reads it. */
  read() {
    const at = this.#at();
    if (at === null) return "No signal plan.";
    const now = planNow(at, this.#view.eventNow());
    const text = countdownText(now);
    return `${stageLook(now.stage).word}, phase ${now.phase}, ${text.big} ${text.unit === "s" ? "seconds" : ""} ${text.small}. ${modeWord(now.plan.mode)}: ${now.plan.reason}. Since ${number(now.elapsed)} seconds.`;
  }
}

/** @param {string} text */
const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
