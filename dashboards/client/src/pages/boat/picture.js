// Own ship and what is about it at one time, from the reports so far.
import { approach, isPlaced, moved, offset, signed, bow, velocity } from "./geometry.js";
import { isDistress, isFixed, levelRank } from "./words.js";

/** Reports of own ship that are older say nothing about now, ms. */
const OWN_HOLDS = 60000;

/** Targets are reported at intervals until they are removed; without a report for so long the stream has stopped, ms. */
const TARGET_HOLDS = 180000;

/** Trails are as long, ms. */
export const TRAIL = 900000;

/** @typedef {import("./types.js").OwnShip} OwnShip */
/** @typedef {import("./types.js").Target} Target */
/** @typedef {import("./types.js").Encounter} Encounter */
/** @typedef {import("./geometry.js").Plane} Plane */
/** @template Data @typedef {{time: number, data: Data}} Timed time: ms */

/**
 * A target at one time.
 * @typedef {object} Seen
 * @property {string} id
 * @property {Target} data its last report
 * @property {Encounter|null} encounter the last change of its encounter
 * @property {import("./types.js").Level} level
 * @property {string} class
 * @property {string} duty
 * @property {string} advice in words; empty without one
 * @property {boolean} isAcknowledged by the vessel's own command
 * @property {Plane} at m from own ship; from where own ship was last where its position is unknown
 * @property {Plane} velocity m/s
 * @property {number} range m
 * @property {number} bearing ° true
 * @property {number|null} relative ° from own bow
 * @property {number|null} cpa m
 * @property {number|null} cpaError m
 * @property {number|null} tcpa s
 * @property {{seconds: number, own: Plane, target: Plane}|null} closest where both are then
 * @property {number} age of the target's own last report, s
 * @property {Timed<Target>[]} trail
 */

/**
 * @typedef {object} Picture
 * @property {number} time ms
 * @property {Timed<OwnShip>|null} own its last report
 * @property {number} ownAge s
 * @property {{latitude: number, longitude: number}|null} place where own ship is
 * @property {Plane} velocity m/s
 * @property {number|null} bow °
 * @property {Seen[]} targets highest rank first
 */

/**
 * What is known at a time.
 * @param {{own: Timed<OwnShip>[], targets: Map<string, Timed<Target>[]>, encounters: Map<string, Timed<Encounter>[]>}} reports
 *   each in order of time
 * @param {number} time ms
 * @returns {Picture}
 */
export function pictureAt({ own, targets, encounters }, time) {
  const last = lastAt(own, time);
  const isKnown = last !== null && isPlaced(last.data) && time - last.time <= OWN_HOLDS;
  const ownVelocity = last !== null ? velocity(last.data) : { east: 0, north: 0 };
  const ownSeconds = last === null ? 0 : Math.min(time - last.time, OWN_HOLDS) / 1000;
  /** @type {{latitude: number, longitude: number}|null} */
  const reported = last !== null && isPlaced(last.data) ? /** @type {any} */ (last.data) : null;
  const ownMoved = moved({ east: 0, north: 0 }, ownVelocity, ownSeconds);
  const heading = last === null ? null : bow(last.data);
  /** @type {Seen[]} */
  const seen = [];
  for (const [id, reports] of targets) {
    const report = lastAt(reports, time);
    if (report === null || report.data.state === "removed" || !isPlaced(report.data) || reported === null) continue;
    const silence = (time - report.time) / 1000;
    if (silence * 1000 > TARGET_HOLDS) continue;
    const { data } = report;
    const targetVelocity = velocity(data);
    const then = moved(offset(reported, /** @type {any} */ (data)), targetVelocity, silence);
    const at = { east: then.east - ownMoved.east, north: then.north - ownMoved.north };
    const encounter = lastAt(encounters.get(id) ?? [], time);
    // The change of an encounter may be newer than the target's report.
    const newer = encounter !== null && encounter.time >= report.time ? encounter : null;
    const facts = newer?.data ?? data;
    const since = (time - (newer?.time ?? report.time)) / 1000;
    const level = facts.level;
    const kind = facts.class;
    const bearing = ((Math.atan2(at.east, at.north) * 180) / Math.PI + 360) % 360;
    const closing = isKnown ? approach(at, ownVelocity, targetVelocity) : null;
    seen.push({
      id,
      data,
      encounter: encounter?.data ?? null,
      level,
      class: kind,
      duty: encounter !== null && encounter.data.class === kind ? encounter.data.duty : "none",
      advice:
        encounter !== null && encounter.data.class === kind && (kind !== "none" || level !== "none")
          ? encounter.data.advice
          : "",
      isAcknowledged: level !== "none" && (encounter?.data.acknowledged ?? false),
      at,
      velocity: targetVelocity,
      range: Math.hypot(at.east, at.north),
      bearing,
      relative: heading === null ? null : signed(bearing - heading),
      cpa: facts.cpaM ?? null,
      cpaError: facts.cpaErrorM ?? null,
      tcpa: facts.tcpaSeconds === undefined ? null : facts.tcpaSeconds - since,
      closest:
        closing === null || closing.seconds <= 0
          ? null
          : {
              seconds: closing.seconds,
              own: moved({ east: 0, north: 0 }, ownVelocity, closing.seconds),
              target: moved(at, targetVelocity, closing.seconds),
            },
      age: data.ageSeconds + silence,
      trail: reports.filter((r) => r.time <= time && r.time >= time - TRAIL && isPlaced(r.data)),
    });
  }
  seen.sort(byRisk);
  return {
    time,
    own: last,
    ownAge: last === null ? Infinity : (time - last.time) / 1000,
    place: isKnown ? reported : null,
    velocity: ownVelocity,
    bow: heading,
    targets: seen,
  };
}

/**
 * What a person should look at first comes first: level, beacons of distress, vessels before buoys, rank of the pipeline,
 * range.
 * @param {Seen} a
 * @param {Seen} b
 */
export function byRisk(a, b) {
  const distress = (/** @type {Seen} */ s) => Number(isDistress(s.data.kind) && s.data.state !== "lost");
  return (
    levelRank(b.level) - levelRank(a.level) ||
    distress(b) - distress(a) ||
    Number(isFixed(a.data.kind)) - Number(isFixed(b.data.kind)) ||
    a.data.rank - b.data.rank ||
    a.range - b.range
  );
}

/**
 * The last of a series at a time.
 * @template Data
 * @param {Timed<Data>[]} series in order of time
 * @param {number} time ms
 * @returns {Timed<Data>|null}
 */
export function lastAt(series, time) {
  for (let i = series.length - 1; i >= 0; i--) if (series[i].time <= time) return series[i];
  return null;
}
