// Emergency vehicles, alarms about single vehicles, and faults of cameras, as one list: pure, so that it can be tested.
import { ALARM, EMERGENCY, FAULT } from "./types.js";
import { classWord, faultWord, plain, spelled } from "./words.js";

/** @template [Data=any] @typedef {import("./types.js").SensingEvent<Data>} SensingEvent */

/** Types that make incidents. */
export const INCIDENT_TYPES = [EMERGENCY, ALARM, FAULT];

/** An emergency vehicle of which nothing more has been heard is gone, ms. */
const EMERGENCY_SILENCE = 60000;

/** An alarm is sent once for a vehicle: it stands out for this long, ms. */
const ALARM_SHOWN = 120000;

const MOST = 2000;

/**
 * @typedef {object} Incident
 * @property {string} key
 * @property {"emergency"|"wrongWay"|"standing"|"cameraFault"|string} kind
 * @property {string} source
 * @property {string} approach empty where the camera as a whole is meant
 * @property {number} begin ms
 * @property {number} heard time of its newest event, ms
 * @property {number|null} end ms
 * @property {number|null} lane
 * @property {number|null} confidence 0 to 1
 * @property {string[]} evidence in words
 * @property {number|null} arrival expected at the stop line, ms
 * @property {string} what in words
 * @property {string} detail
 */

/** @param {unknown} value @returns {number|null} ms */
function instant(value) {
  const ms = typeof value === "string" ? Date.parse(value) : NaN;
  return Number.isFinite(ms) ? ms : null;
}

/** @param {unknown} value @returns {number|null} */
const numeric = (value) => (typeof value === "number" && Number.isFinite(value) ? value : null);

/**
 * @param {SensingEvent} event of INCIDENT_TYPES
 * @returns {Incident}
 */
export function incidentOf({ id, source, type, time, data }) {
  const heard = Date.parse(time);
  const base = {
    source,
    approach: String(data.approach ?? ""),
    heard,
    lane: numeric(data.lane),
    confidence: null,
    evidence: [],
    arrival: null,
  };
  if (type === EMERGENCY) {
    const begin = instant(data.firstSeen) ?? heard;
    const isOver = Boolean(data.ended);
    return {
      ...base,
      key: `${source}|emergency|${base.approach}|${data.vehicle ?? begin}`,
      kind: "emergency",
      begin,
      end: isOver ? (instant(data.ended) ?? heard) : null,
      confidence: numeric(data.confidence),
      evidence: evidenceOf(data.evidence),
      arrival: isOver ? null : instant(data.expectedArrival),
      what: "Emergency vehicle",
      detail: "",
    };
  }
  if (type === FAULT) {
    const begin = instant(data.since) ?? heard;
    return {
      ...base,
      key: `${source}|fault|${plain(data.kind)}|${begin}`,
      kind: "cameraFault",
      begin,
      end: plain(data.phase) === "end" ? heard : null,
      what: `Camera fault: ${faultWord(data.kind)}`,
      detail: typeof data.detail === "string" ? data.detail : "",
    };
  }
  const kind = plain(data.kind);
  const vehicle = data.class ? classWord(data.class) : "Vehicle";
  const where = numeric(data.alongM) === null ? "" : `${Math.round(data.alongM)} m along the road`;
  const speed =
    kind === "wrongWay" && numeric(data.speedKmh) !== null
      ? `${Math.round(data.speedKmh)} km/h, not for enforcement`
      : "";
  return {
    ...base,
    key: id,
    kind,
    begin: heard,
    end: heard,
    what: kind === "wrongWay" ? "Wrong-way vehicle" : kind === "standing" ? "Standing vehicle" : spelled(kind),
    detail: [vehicle, where, speed].filter(Boolean).join(", "),
  };
}

/**
 * Names, or objects with a kind and a confidence.
 * @param {unknown} evidence
 * @returns {string[]}
 */
function evidenceOf(evidence) {
  if (!Array.isArray(evidence)) return [];
  return evidence
    .map((e) => (typeof e === "string" ? e : typeof e?.kind === "string" ? e.kind : ""))
    .filter(Boolean)
    .map(spelled);
}

/**
 * Whether it matters now.
 * @param {Incident} incident
 * @param {number} now ms
 */
export function isActive({ kind, end, heard }, now) {
  if (kind === "emergency") return end === null && now - heard < EMERGENCY_SILENCE;
  if (kind === "cameraFault") return end === null || end > now;
  return now - heard < ALARM_SHOWN;
}

/** The worst first: an officer reads from the top. */
const RANKS = ["emergency", "wrongWay", "standing", "cameraFault"];

/** Each incident once, however many events tell of it. */
export class IncidentStore {
  /** @type {Map<string, Incident>} */
  #all = new Map();

  /** @param {SensingEvent} event */
  add(event) {
    const incident = incidentOf(event);
    if (!Number.isFinite(incident.heard)) return null;
    const known = this.#all.get(incident.key);
    if (known && known.heard > incident.heard) return null;
    // The order of a map is that of the first entry: the newest word moves it to the end.
    this.#all.delete(incident.key);
    this.#all.set(incident.key, incident);
    const [oldest] = this.#all.keys();
    if (this.#all.size > MOST) this.#all.delete(oldest);
    return known ? null : incident;
  }

  clear() {
    this.#all.clear();
  }

  /**
   * Those that overlap a range, newest first.
   * @param {number} from ms
   * @param {number} to ms
   */
  between(from, to) {
    return [...this.#all.values()]
      .filter((i) => i.begin <= to && (i.end ?? (i.kind === "emergency" ? i.heard : Infinity)) >= from)
      .sort((a, b) => b.begin - a.begin);
  }

  /**
   * Those that matter now, worst first.
   * @param {number} now ms
   */
  active(now) {
    const rank = (/** @type {Incident} */ i) => (RANKS.indexOf(i.kind) + RANKS.length) % RANKS.length;
    return [...this.#all.values()]
      .filter((i) => i.begin <= now + 1000 && isActive(i, now))
      .sort((a, b) => rank(a) - rank(b) || b.begin - a.begin);
  }
}

/**
 * Incidents of one kind in one place as one, in the order of the first of each: a fault that repeats must not cover the page.
 * @param {Incident[]} incidents
 * @returns {{incident: Incident, count: number}[]} the first of each place, and how many there are
 */
export function byPlace(incidents) {
  /** @type {Map<string, {incident: Incident, count: number}>} */
  const places = new Map();
  for (const incident of incidents) {
    const { kind, source, approach, lane, what } = incident;
    const key = JSON.stringify([kind, source, approach, lane, what]);
    const known = places.get(key);
    if (known) known.count++;
    else places.set(key, { incident, count: 1 });
  }
  return [...places.values()];
}

/**
 * One sentence for screen readers.
 * @param {Incident} i
 */
export function spoken({ what, approach, lane, detail }) {
  const where = [approach && `on ${approach}`, lane !== null && `lane ${lane}`].filter(Boolean).join(", ");
  return `${what}${where ? ` ${where}` : ""}${detail ? `: ${detail}` : ""}.`;
}

export const INCIDENT_COLUMNS = [
  "begin_utc",
  "end_utc",
  "kind",
  "what",
  "approach",
  "lane",
  "confidence",
  "evidence",
  "expected_arrival_utc",
  "detail",
  "source",
];

/**
 * @param {Incident[]} incidents
 * @returns {import("@sensing/client/chart/panel.js").Cell[][]}
 */
export function incidentRows(incidents) {
  return incidents.map((i) => [
    new Date(i.begin),
    i.end === null ? null : new Date(i.end),
    i.kind,
    i.what,
    i.approach,
    i.lane,
    i.confidence,
    i.evidence.join(" "),
    i.arrival === null ? null : new Date(i.arrival),
    i.detail,
    i.source,
  ]);
}
