// Where the phases lie on the ring, and what its middle says: pure, so that it can be tested.
import { number } from "@sensing/client/core/format.js";

const TURN = 2 * Math.PI;

/** Angle of a change between two phases: yellow, then all red. */
export const CLEARANCE = 0.2;

/** Least share of the ring for a phase, of an equal share. */
const LEAST = 0.55;

/** @typedef {import("./plan.js").Phase} Phase */
/** @typedef {import("./plan.js").PlanNow} PlanNow */
/** @typedef {{phase: string, label: string, begin: number, end: number}} Arc angles, 0 at the top, clockwise */

/**
 * The phases as arcs, as long as their recent greens, none of them tiny; each is followed by room for its clearance.
 * @param {Phase[]} phases
 * @returns {Arc[]}
 */
export function arcsOf(phases) {
  const known = phases.map((p) => p.seconds).filter((s) => s !== null);
  const mean = known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : 1;
  const weights = phases.map((p) => Math.max(LEAST * mean, Math.min(2.5 * mean, p.seconds ?? mean)));
  const whole = weights.reduce((a, b) => a + b, 0);
  const room = TURN - phases.length * CLEARANCE;
  let at = 0;
  return phases.map(({ phase }, i) => {
    const begin = at;
    const end = begin + (room * weights[i]) / whole;
    at = end + CLEARANCE;
    return { phase, label: shortName(phase, i), begin, end };
  });
}

/**
 * What fits on an arc.
 * @param {string} phase
 * @param {number} index
 */
export const shortName = (phase, index) => (phase.length <= 3 ? phase : String(index + 1));

/**
 * Where the plan is on the ring: shares of the present phase's arc that have passed, that must pass, or of the
 * clearance.
 * @param {PlanNow} now
 * @returns {{passed: number, earliest: number}} shares, 0 to 1
 */
export function progressOf({ stage, elapsed, due, earliest, latest }) {
  if (stage !== "green") {
    // Yellow is the first half of the clearance, all red the second.
    const part = due === null ? 1 : elapsed / Math.max(0.1, elapsed + due);
    return { passed: (stage === "yellow" ? 0 : 0.5) + Math.min(1, part) / 2, earliest: 1 };
  }
  const whole = elapsed + Math.max(0, latest ?? earliest ?? 0);
  if (whole <= 0) return { passed: 0, earliest: 0 };
  return {
    passed: Math.min(1, elapsed / whole),
    earliest: Math.min(1, (elapsed + Math.max(0, earliest ?? 0)) / whole),
  };
}

/**
 * The countdown's text: what is counted, and down to what.
 * @param {PlanNow} now
 * @returns {{big: string, unit: string, small: string}}
 */
export function countdownText({ due, certainty, nextStage, nextPhase, latest, age, isStale }) {
  if (isStale) return { big: "–", unit: "", small: `no plan for ${number(age)} s` };
  const to =
    nextStage === "allRed"
      ? "all red"
      : nextStage === "green"
        ? `green${nextPhase ? `, ${nextPhase}` : ""}`
        : nextStage;
  const seconds = due === null ? "–" : number(Math.ceil(due));
  switch (certainty) {
    case "certain":
      return { big: seconds, unit: "s", small: `to ${to}` };
    case "earliest":
      return { big: seconds, unit: "s", small: latest === null ? `to ${to}` : `to ${to} at the earliest` };
    case "latest":
      return { big: seconds, unit: "s", small: `to ${to} at the latest` };
    case "held":
      return { big: "0", unit: "s", small: "held: the change is due" };
    default:
      return { big: "–", unit: "", small: "no change is announced" };
  }
}
