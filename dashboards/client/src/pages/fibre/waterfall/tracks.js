// Vehicles over the waterfall. Line style and width show the class as well as colour, direction by an arrowhead.

/** @typedef {import("./view.js").View} View */

/**
 * Payload of sensing.das.vehicle.v1, as far as the page shows it.
 * @typedef {object} VehiclePassage
 * @property {"increasing"|"decreasing"} direction
 * @property {string} class
 * @property {number} classProbability
 * @property {number} speedKmh
 * @property {number} speedStandardErrorKmh
 * @property {number|null} [accelerationMs2]
 * @property {number} referenceM
 * @property {number} startM
 * @property {number} endM
 * @property {number} amplitude
 * @property {number} confidence
 */

/** @typedef {{t: number, m: number}} TrackPoint t: ms; m: distance along the fibre, m */

/**
 * A vehicle event with its times in ms: what lists and drawings work on.
 * @typedef {VehiclePassage & {id: string, source: string, time: number, track: TrackPoint[], from: number, to: number}}
 *   Vehicle
 */

/** @typedef {VehiclePassage & {track: {offsetSeconds: number, distanceM: number}[]}} TrackedPassage */

/** @typedef {{colour: "small"|"large"|"rail", width: number, dash: number[], word: string}} Style */

/** @type {Record<string, Style>} */
export const STYLES = {
  small: { colour: "small", width: 2, dash: [], word: "Car or van" },
  large: { colour: "large", width: 4, dash: [], word: "Truck or bus" },
  rail: { colour: "rail", width: 3, dash: [8, 4], word: "Rail" },
};

export const DIRECTIONS = {
  increasing: { word: "increasing", shape: "up", sign: 1 },
  decreasing: { word: "decreasing", shape: "down", sign: -1 },
};

/**
 * @param {Pick<import("@sensing/client/core/api.js").SensingEvent<TrackedPassage>, "id"|"source"|"time"|"data">} event
 * @returns {Vehicle}
 */
export function vehicle(event) {
  const time = Date.parse(event.time);
  const track = event.data.track.map(({ offsetSeconds, distanceM }) => ({
    t: time + offsetSeconds * 1000,
    m: distanceM,
  }));
  return {
    ...event.data,
    id: event.id,
    source: event.source,
    time,
    track,
    from: track[0].t,
    to: track[track.length - 1].t,
  };
}

/**
 * Distance in pixels from a point to a vehicle's track in a view.
 * @param {TrackPoint[]} track
 * @param {Pick<View, "x"|"y">} view
 * @param {number} x
 * @param {number} y
 */
export function distanceTo(track, view, x, y) {
  let best = Infinity;
  for (let i = 1; i < track.length; i++) {
    const ax = view.x(track[i - 1].t);
    const ay = view.y(track[i - 1].m);
    const dx = view.x(track[i].t) - ax;
    const dy = view.y(track[i].m) - ay;
    const length = dx * dx + dy * dy;
    const k = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
    best = Math.min(best, Math.hypot(x - ax - k * dx, y - ay - k * dy));
  }
  return best;
}

/**
 * The vehicle nearest to a point within `reach` pixels; null where there is none.
 * @template {Pick<Vehicle, "from"|"to"|"track">} T
 * @param {T[]} vehicles
 * @param {Pick<View, "x"|"y"|"from"|"to">} view
 * @param {number} x
 * @param {number} y
 * @returns {T|null}
 */
export function nearest(vehicles, view, x, y, reach = 10) {
  /** @type {T|null} */
  let found = null;
  for (const candidate of vehicles) {
    if (candidate.to < view.from || candidate.from > view.to) continue;
    const away = distanceTo(candidate.track, view, x, y);
    if (away <= reach) [found, reach] = [candidate, away];
  }
  return found;
}

/**
 * Colours by what they are for; font: of texts in the picture.
 * @typedef {Record<"surface"|"muted"|"line"|"hatch"|"hatchGround"|"small"|"large"|"rail"|"casing"|"selected"|"font",
 *   string>} Palette
 */

/**
 * Draws the vehicles whose tracks touch the view.
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {Vehicle[]} vehicles
 * @param {Palette} palette
 * @param {string|null} selectedId
 */
export function drawTracks(context, view, vehicles, palette, selectedId) {
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const v of vehicles) {
    if (v.to < view.from || v.from > view.to) continue;
    const style = STYLES[v.class] ?? STYLES.small;
    const isSelected = v.id === selectedId;
    const path = new Path2D();
    v.track.forEach(({ t, m }, i) => (i === 0 ? path.moveTo(view.x(t), view.y(m)) : path.lineTo(view.x(t), view.y(m))));
    context.setLineDash([]);
    context.strokeStyle = palette.casing;
    context.lineWidth = style.width + (isSelected ? 6 : 3);
    context.stroke(path);
    context.setLineDash(style.dash);
    context.strokeStyle = isSelected ? palette.selected : palette[style.colour];
    context.lineWidth = style.width + (isSelected ? 1 : 0);
    context.stroke(path);
    arrow(context, view, v.track, isSelected ? palette.selected : palette[style.colour], palette.casing, style.width);
  }
  context.setLineDash([]);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {View} view
 * @param {TrackPoint[]} track
 * @param {string} colour
 * @param {string} casing
 * @param {number} width
 */
function arrow(context, view, track, colour, casing, width) {
  const last = track[track.length - 1];
  const before = track[track.length - 2];
  const x = view.x(last.t);
  const y = view.y(last.m);
  const angle = Math.atan2(y - view.y(before.m), x - view.x(before.t));
  const size = 6 + width;
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.beginPath();
  context.moveTo(size * 0.4, 0);
  context.lineTo(-size, size * 0.6);
  context.lineTo(-size, -size * 0.6);
  context.closePath();
  context.setLineDash([]);
  context.lineWidth = 3;
  context.strokeStyle = casing;
  context.stroke();
  context.fillStyle = colour;
  context.fill();
  context.restore();
}
