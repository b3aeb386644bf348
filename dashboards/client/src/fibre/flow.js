// sensing.das.flow.v1 as series on a regular grid. A window that nobody reported is a gap, not a zero.

export const DIRECTION_WORDS = { increasing: "Increasing", decreasing: "Decreasing" };
export const CLASS_WORDS = { all: "All classes", small: "Cars and vans", large: "Trucks and buses", rail: "Rail" };

export class FlowStore {
  #windows = new Map();

  /** Takes an event; a window reported again replaces the former report. */
  add(event) {
    const d = event.data;
    this.#windows.set(`${event.time}|${d.windowMinutes}|${d.direction}|${d.class ?? "all"}`, { ...d, class: d.class ?? "all", time: Date.parse(event.time) });
  }

  clear() {
    this.#windows.clear();
  }

  /** Forgets what ended before `time` (ms): a page that is open for weeks must not grow. */
  forget(time) {
    for (const [key, window] of this.#windows) if (window.time < time) this.#windows.delete(key);
  }

  /** Classes that were reported, "all" first. */
  classes() {
    const seen = new Set([...this.#windows.values()].map((w) => w.class));
    return Object.keys(CLASS_WORDS).filter((c) => seen.has(c));
  }

  /**
   * The windows of one length that end within from…to, as columns over their ends.
   * @returns {{times: number[], stepMs: number, groups: {direction: string, class: string, windows: (object|null)[]}[]}}
   */
  grid({ minutes, from, to, directions, classes }) {
    const step = minutes * 60000;
    const inRange = [...this.#windows.values()].filter((w) =>
      w.windowMinutes === minutes && w.time >= from && w.time <= to && directions.includes(w.direction) && classes.includes(w.class));
    const times = [];
    if (inRange.length) {
      const first = inRange.reduce((low, w) => Math.min(low, w.time), Infinity);
      const last = inRange.reduce((high, w) => Math.max(high, w.time), -Infinity);
      // Windows end at whole multiples of their length; the first one's remainder keeps a shifted grid whole too.
      for (let t = first; t <= last + 1; t += step) times.push(t);
    }
    const position = new Map(times.map((t, i) => [t, i]));
    const groups = directions.flatMap((direction) => classes.map((name) => ({ direction, class: name, windows: new Array(times.length).fill(null) })));
    for (const window of inRange) {
      const group = groups.find((g) => g.direction === window.direction && g.class === window.class);
      const at = position.get(window.time);
      if (group && at !== undefined) group.windows[at] = window;
    }
    return { times, stepMs: step, groups: groups.filter((g) => g.windows.some((w) => w !== null)) };
  }
}

/** How a group's line looks: direction by colour, class by dash and width where several are shown. */
export function groupStyle({ direction, class: name }, severalClasses) {
  const dash = { small: [2, 4], large: [9, 4], rail: [9, 4, 2, 4] }[name] ?? [];
  return {
    label: severalClasses ? `${DIRECTION_WORDS[direction]}, ${CLASS_WORDS[name].toLowerCase()}` : DIRECTION_WORDS[direction],
    colour: direction === "increasing" ? "increasing" : "decreasing",
    dash: severalClasses && dash.length ? dash : direction === "decreasing" && !severalClasses ? [7, 4] : undefined,
    width: name === "large" ? 2.5 : 2,
  };
}

/** Series for the flow chart. */
export function flowSeries({ groups, stepMs }, severalClasses) {
  return groups.map((g) => ({
    ...groupStyle(g, severalClasses), shape: "step", stepMs, unit: "veh/h", values: g.windows.map((w) => (w === null ? null : w.flowPerHour)),
  }));
}

/** Series for the speed chart: mean, and the 85th percentile where one class is shown. */
export function speedSeries({ groups, stepMs }, severalClasses) {
  return groups.flatMap((g) => {
    const style = groupStyle(g, severalClasses);
    const column = (name) => g.windows.map((w) => w?.[name] ?? null);
    const mean = { ...style, stepMs, label: `${style.label}, mean`, unit: "km/h", decimals: 1, values: column("meanSpeedKmh") };
    const p85 = { ...style, stepMs, label: `${style.label}, 85 %`, width: 1, dash: [2, 3], unit: "km/h", decimals: 1, values: column("percentile85SpeedKmh") };
    return severalClasses ? [mean] : [mean, p85];
  });
}

/** Rows of the CSV: one a window, direction and class. */
export function flowRows({ times, groups }) {
  return times.flatMap((time, i) => groups.filter((g) => g.windows[i] !== null).map((g) => {
    const w = g.windows[i];
    return [new Date(time), w.windowMinutes, w.direction, w.class, w.count, w.flowPerHour, w.meanSpeedKmh, w.percentile85SpeedKmh, w.meanHeadwaySeconds, w.occupancy];
  }));
}

export const FLOW_COLUMNS = [
  "window_end_utc", "window_min", "direction", "class", "count", "flow_veh_per_h", "mean_speed_kmh", "p85_speed_kmh", "mean_headway_s", "occupancy",
];
