// sensing.das.profile.v1: each hour against the usual one.

const HOUR = 3600000;

/**
 * The hours that end within from…to.
 * @param {object[]} events CloudEvents
 * @returns {{times: number[], groups: {direction: string, hours: (object|null)[]}[]}} times: ends of the hours
 */
export function profileGrid(events, from, to) {
  const inRange = events.map((e) => ({ ...e.data, time: Date.parse(e.time) })).filter((p) => p.time >= from && p.time <= to);
  if (inRange.length === 0) return { times: [], groups: [] };
  const first = Math.min(...inRange.map((p) => p.time));
  const last = Math.max(...inRange.map((p) => p.time));
  const times = [];
  for (let t = first; t <= last; t += HOUR) times.push(t);
  const groups = ["increasing", "decreasing"].map((direction) => ({ direction, hours: times.map(() => null) }));
  for (const p of inRange) {
    const at = Math.round((p.time - first) / HOUR);
    const group = groups.find((g) => g.direction === p.direction);
    if (group && at < times.length) group.hours[at] = p;
  }
  return { times, groups: groups.filter((g) => g.hours.some((h) => h !== null)) };
}

/** Series: this hour's count as a line, the usual one as points. */
export function profileSeries({ groups }) {
  return groups.flatMap(({ direction, hours }) => {
    const word = direction === "increasing" ? "Increasing" : "Decreasing";
    const colour = direction;
    const usual = hours.map((h) => h?.usualCount ?? null);
    const lines = [{ label: word, colour, dash: direction === "decreasing" ? [7, 4] : undefined, shape: "step", stepMs: HOUR, unit: "veh", values: hours.map((h) => (h === null ? null : h.count)) }];
    // The first day has nothing usual yet: then there is no such line, rather than one at zero.
    if (usual.some((v) => v !== null)) lines.push({ label: `${word}, usual`, colour, shape: "points", unit: "veh", decimals: 1, values: usual });
    return lines;
  });
}

export const PROFILE_COLUMNS = ["hour_end_utc", "hour_utc", "direction", "count", "usual_count", "deviation_sd", "days"];

export function profileRows({ times, groups }) {
  return times.flatMap((time, i) => groups.filter((g) => g.hours[i] !== null).map(({ hours }) => {
    const h = hours[i];
    return [new Date(time), h.hour, h.direction, h.count, h.usualCount, h.deviation, h.days];
  }));
}
