// sensing.das.profile.v1: each hour against the usual one.

const HOUR = 3600000;

/**
 * Payload of sensing.das.profile.v1.
 * @typedef {object} Profile
 * @property {number} hour
 * @property {"increasing"|"decreasing"} direction
 * @property {number} count
 * @property {number|null} [usualCount]
 * @property {number|null} [deviation]
 * @property {number} days
 */

/**
 * @typedef {{times: number[], groups: {direction: "increasing"|"decreasing", hours: (Profile|null)[]}[]}} ProfileGrid
 *   times: ends of the hours, ms
 */
/** @typedef {import("@sensing/client/chart/timechart.js").Series} Series */

/** @type {("increasing"|"decreasing")[]} */
const BOTH = ["increasing", "decreasing"];

/**
 * The hours that end within a range.
 * @param {Pick<import("@sensing/client/core/api.js").SensingEvent<Profile>, "time"|"data">[]} events
 * @param {number} from ms
 * @param {number} to ms
 * @returns {ProfileGrid}
 */
export function profileGrid(events, from, to) {
  const inRange = events
    .map((e) => ({ ...e.data, time: Date.parse(e.time) }))
    .filter((p) => p.time >= from && p.time <= to);
  if (inRange.length === 0) return { times: [], groups: [] };
  const first = Math.min(...inRange.map((p) => p.time));
  const last = Math.max(...inRange.map((p) => p.time));
  /** @type {number[]} */
  const times = [];
  for (let t = first; t <= last; t += HOUR) times.push(t);
  const groups = BOTH.map((direction) => ({ direction, hours: times.map(() => /** @type {Profile|null} */ (null)) }));
  for (const p of inRange) {
    const at = Math.round((p.time - first) / HOUR);
    const group = groups.find((g) => g.direction === p.direction);
    if (group && at < times.length) group.hours[at] = p;
  }
  return { times, groups: groups.filter((g) => g.hours.some((h) => h !== null)) };
}

/**
 * Series: this hour's count as a line, the usual one as points.
 * @param {Pick<ProfileGrid, "groups">} grid
 * @returns {Series[]}
 */
export function profileSeries({ groups }) {
  return groups.flatMap(({ direction, hours }) => {
    const word = direction === "increasing" ? "Increasing" : "Decreasing";
    const colour = direction;
    const usual = hours.map((h) => h?.usualCount ?? null);
    /** @type {Series[]} */
    const lines = [
      {
        label: word,
        colour,
        dash: direction === "decreasing" ? [7, 4] : undefined,
        shape: "step",
        stepMs: HOUR,
        unit: "veh",
        values: hours.map((h) => (h === null ? null : h.count)),
      },
    ];
    // The first day has nothing usual yet: then there is no such line, rather than one at zero.
    if (usual.some((v) => v !== null))
      lines.push({ label: `${word}, usual`, colour, shape: "points", unit: "veh", decimals: 1, values: usual });
    return lines;
  });
}

export const PROFILE_COLUMNS = [
  "hour_end_utc",
  "hour_utc",
  "direction",
  "count",
  "usual_count",
  "deviation_sd",
  "days",
];

/**
 * @param {ProfileGrid} grid
 * @returns {import("@sensing/client/chart/panel.js").Cell[][]}
 */
export function profileRows({ times, groups }) {
  return times.flatMap((time, i) =>
    groups.flatMap(({ hours }) => {
      const h = hours[i];
      return h === null ? [] : [[new Date(time), h.hour, h.direction, h.count, h.usualCount, h.deviation, h.days]];
    }),
  );
}
