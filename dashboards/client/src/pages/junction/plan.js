// What the signals do now and next: pure, so that it can be tested.
import { plain } from "./words.js";

/** @typedef {import("./types.js").SignalPlan} SignalPlan */
/** @template [Data=any] @typedef {import("./types.js").SensingEvent<Data>} SensingEvent */

/** Plans come at each change and every ten seconds by default; without one for this long nothing is known, s. */
export const PLAN_STALE = 30;

/** A change that is certain is shown as made for this long while its event is under way, s. */
const TRUST = 5;

const MOST_PLANS = 5000;

/** @typedef {{time: number, plan: SignalPlan}} PlanAt time: ms */

/**
 * @typedef {object} PlanNow
 * @property {SignalPlan} plan
 * @property {string} stage green, yellow or allRed, also after a certain change whose event is still under way
 * @property {string} phase
 * @property {string|null} nextPhase
 * @property {number} elapsed s since the stage began
 * @property {number|null} due s to the next change: certain, else the earliest, else the latest; null: not known
 * @property {"certain"|"earliest"|"latest"|"held"|"unknown"} certainty of due
 * @property {number|null} earliest s; 0 or below: it may change at any time
 * @property {number|null} latest s
 * @property {string} nextStage what begins then
 * @property {boolean} isStale
 * @property {number} age s since the plan
 */

/**
 * @param {PlanAt} at
 * @param {number} now ms, on the events' clock
 * @returns {PlanNow}
 */
export function planNow({ time, plan }, now) {
  const age = Math.max(0, (now - time) / 1000);
  const isStale = age > PLAN_STALE;
  const changes = (plan.next ?? []).map((c) => ({
    stage: plain(c.stage),
    phase: c.phase ?? null,
    certainty: plain(c.certainty),
    in: c.inSeconds - age,
  }));
  const state = {
    plan,
    stage: plain(plan.stage),
    phase: plan.phase,
    nextPhase: plan.nextPhase ?? null,
    elapsed: plan.elapsedSeconds + age,
    isStale,
    age,
  };
  for (const made of changes.filter((c) => c.certainty === "certain" && c.in <= 0 && c.in > -TRUST)) {
    state.stage = made.stage;
    state.elapsed = -made.in;
    if (made.stage === "green" && made.phase !== null) [state.phase, state.nextPhase] = [made.phase, null];
  }
  const find = (/** @type {string} */ name) => changes.find((c) => c.certainty === name);
  const [earliest, latest] = [find("earliest"), find("latest")];
  const certain = changes.find((c) => c.certainty === "certain" && c.in > 0);
  const base = { ...state, earliest: earliest?.in ?? null, latest: latest?.in ?? null };
  if (isStale) return { ...base, due: null, certainty: "unknown", nextStage: "" };
  if (certain) return { ...base, due: certain.in, certainty: "certain", nextStage: certain.stage };
  if (earliest && earliest.in > 0)
    return { ...base, due: earliest.in, certainty: "earliest", nextStage: earliest.stage };
  if (latest && latest.in > 0) return { ...base, due: latest.in, certainty: "latest", nextStage: latest.stage };
  const due = earliest ?? latest;
  return due
    ? { ...base, due: 0, certainty: "held", nextStage: due.stage }
    : { ...base, due: null, certainty: "unknown", nextStage: "" };
}

/** @param {PlanAt} at */
const idOf = ({ time, plan }) => `${time}|${plan.phase}|${plan.nextPhase ?? ""}|${plan.stage}`;

/** The plans of a junction, newest last; bounded. */
export class PlanStore {
  /** @type {PlanAt[]} */
  #plans = [];
  /** @type {Set<string>} */
  #ids = new Set();

  /** @param {SensingEvent<SignalPlan>} event */
  add({ time, data }) {
    const at = { time: Date.parse(time), plan: data };
    const id = idOf(at);
    if (this.#ids.has(id) || !Number.isFinite(at.time)) return;
    this.#ids.add(id);
    let i = this.#plans.length;
    while (i > 0 && this.#plans[i - 1].time > at.time) i--;
    this.#plans.splice(i, 0, at);
    for (const gone of this.#plans.splice(0, Math.max(0, this.#plans.length - MOST_PLANS)))
      this.#ids.delete(idOf(gone));
  }

  clear() {
    this.#plans = [];
    this.#ids.clear();
  }

  /**
   * The newest at a time.
   * @param {number} time ms
   * @returns {PlanAt|null}
   */
  at(time) {
    return this.#plans.findLast((p) => p.time <= time) ?? null;
  }

  /** @param {number} from ms @param {number} to ms */
  between(from, to) {
    return this.#plans.filter((p) => p.time >= from && p.time <= to);
  }
}

/** @typedef {{phase: string, seconds: number|null}} Phase seconds: mean length of its recent greens; null: not seen */

const GREENS = 6;

/**
 * The phases that occur, in the order in which they follow each other, with their recent length.
 * @param {PlanAt[]} plans in order of time
 * @returns {Phase[]}
 */
export function phasesOf(plans) {
  /** @type {Map<string, number[]>} */
  const greens = new Map();
  const learn = (/** @type {string|null|undefined} */ name) => name && !greens.has(name) && greens.set(name, []);
  /** @type {{phase: string, start: number}|null} */
  let open = null;
  for (const { time, plan } of plans) {
    learn(plan.phase);
    learn(plan.nextPhase);
    for (const c of plan.next ?? []) learn(c.phase);
    const stage = plain(plan.stage);
    if (open && (stage !== "green" || plan.phase !== open.phase)) {
      const length = stage === "yellow" ? time / 1000 - plan.elapsedSeconds - open.start / 1000 : NaN;
      if (length > 0 && length < 600) greens.get(open.phase)?.push(length);
      open = null;
    }
    if (stage === "green" && open === null) open = { phase: plan.phase, start: time - plan.elapsedSeconds * 1000 };
  }
  const found = [...greens].map(([phase, lengths]) => {
    const recent = lengths.slice(-GREENS);
    return { phase, seconds: recent.length > 0 ? recent.reduce((a, b) => a + b, 0) / recent.length : null };
  });
  // The ring begins with the same phase however far back the plans reach.
  const first = found.reduce((least, p, i) => (p.phase.localeCompare(found[least].phase) < 0 ? i : least), 0);
  return [...found.slice(first), ...found.slice(0, first)];
}

export const PLAN_COLUMNS = [
  "time_utc",
  "junction",
  "stage",
  "phase",
  "next_phase",
  "elapsed_s",
  "mode",
  "reason",
  "fallback",
  "groups",
];

/**
 * @param {PlanAt[]} plans
 * @returns {import("@sensing/client/chart/panel.js").Cell[][]}
 */
export function planRows(plans) {
  return plans.map(({ time, plan }) => [
    new Date(time),
    plan.junction,
    plan.stage,
    plan.phase,
    plan.nextPhase,
    plan.elapsedSeconds,
    plan.mode,
    plan.reason,
    plan.fallback,
    plan.groups.map((g) => `${g.group}=${g.aspect}`).join(" "),
  ]);
}
