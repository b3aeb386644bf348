// The approaches' history as series of charts and rows of files.

/** @typedef {import("@sensing/client/chart/timechart.js").Series} Series */
/** @typedef {import("./history.js").Grid} Grid */
/** @typedef {import("./history.js").Point} Point */

/** @typedef {"queueM"|"meanSpeedKmh"|"densityPerKmLane"|"vehicles"|"quality"} MeasureName */

/** @type {Record<MeasureName, {word: string, unit: string, decimals: number, note: string}>} */
export const MEASURES = {
  queueM: { word: "Queue", unit: "m", decimals: 0, note: "m from the stop line" },
  meanSpeedKmh: { word: "Mean speed", unit: "km/h", decimals: 0, note: "km/h, not for enforcement" },
  densityPerKmLane: { word: "Density", unit: "veh/km", decimals: 0, note: "vehicles per km and lane" },
  vehicles: { word: "Vehicles", unit: "veh", decimals: 0, note: "on the visible road" },
  quality: { word: "Quality", unit: "", decimals: 2, note: "of sight, 0 to 1" },
};

/** @param {string} name @returns {MeasureName} */
export const measureNamed = (name) => /** @type {MeasureName} */ (name in MEASURES ? name : "queueM");

const COLOURS = 6;

/** Approaches differ in dash as well as in colour. @type {(number[]|undefined)[]} */
const DASHES = [undefined, [9, 4], [2, 3], [9, 3, 2, 3], [5, 3], [14, 4]];

/**
 * Looks of the approaches by key: the same on every chart of the page.
 * @param {string[]} keys in their order
 * @returns {Map<string, {colour: string, dash: number[]|undefined}>}
 */
export function looksOf(keys) {
  return new Map(keys.map((key, i) => [key, { colour: `series-${(i % COLOURS) + 1}`, dash: DASHES[i % COLOURS] }]));
}

/** @typedef {ReturnType<typeof looksOf>} Looks */

/** @param {Looks} looks @param {string} key */
const lookOf = (looks, key) => looks.get(key) ?? { colour: "series-1", dash: undefined };

/**
 * Smoothed index, with the raw one behind it: a thin line of events, the band from least to greatest of roll-ups.
 * @param {Grid} grid
 * @param {Looks} looks
 * @param {boolean} showsRaw
 * @param {number} stepMs of roll-ups; 0: events
 * @returns {Series[]}
 */
export function indexSeries({ columns }, looks, showsRaw, stepMs) {
  const unit = "";
  const several = columns.length > 1;
  const raw = columns.map(({ key, name, points }) => {
    const colour = `${lookOf(looks, key).colour}-faint`;
    const label = several ? `${name}, raw` : "raw";
    const values = points.map((p) => (stepMs > 0 ? p?.rawHigh : p?.raw) ?? null);
    /** @type {Series} */
    const series = { label, colour, unit, decimals: 3, width: 1, values, isAside: several };
    if (stepMs > 0) {
      series.label = `${label}, greatest`;
      series.colour = `${lookOf(looks, key).colour}-band`;
      series.shape = "band";
      series.lows = points.map((p) => p?.rawLow ?? null);
    }
    return series;
  });
  const smooth = columns.map(({ key, name, points }) => ({
    ...lookOf(looks, key),
    label: several ? name : `${name}, smoothed`,
    unit,
    decimals: 3,
    values: points.map((p) => p?.index ?? null),
  }));
  return showsRaw ? [...raw, ...smooth] : smooth;
}

/**
 * @param {Grid} grid
 * @param {Looks} looks
 * @param {MeasureName} measure
 * @returns {Series[]}
 */
export function measureSeries({ columns }, looks, measure) {
  const { unit, decimals } = MEASURES[measure];
  return columns.map(({ key, name, points }) => ({
    ...lookOf(looks, key),
    label: name,
    unit,
    decimals,
    values: points.map((p) => p?.[measure] ?? null),
  }));
}

export const HISTORY_COLUMNS = [
  "time_utc",
  "approach",
  "index",
  "index_raw",
  "index_raw_min",
  "index_raw_max",
  "queue_m",
  "mean_speed_kmh",
  "speed_standard_error_kmh",
  "density_veh_per_km_lane",
  "vehicles",
  "quality",
];

/**
 * @param {Grid} grid
 * @returns {import("@sensing/client/chart/panel.js").Cell[][]}
 */
export function historyRows({ times, columns }) {
  return times.flatMap((time, i) =>
    columns.flatMap(({ name, points }) => {
      const p = points[i];
      // A point that is drawn on until the next comes is one row.
      if (p === null || (i > 0 && points[i - 1] === p)) return [];
      return [[new Date(p.time ?? time), name, ...figures(p)]];
    }),
  );
}

/** @param {Point} p */
const figures = (p) => [
  p.index,
  p.raw,
  p.rawLow,
  p.rawHigh,
  p.queueM,
  p.meanSpeedKmh,
  p.speedStandardErrorKmh,
  p.densityPerKmLane,
  p.vehicles,
  p.quality,
];
