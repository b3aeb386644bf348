// Pointer, wheel and keys on the waterfall, and the values under the pointer.
import { el, fill } from "@sensing/client/core/dom.js";
import { deviation, localDay, localSecond, number, quantity, scientific, utc } from "@sensing/client/core/format.js";
import { valueAt } from "./tile.js";
import { DIRECTIONS, nearest, STYLES } from "./tracks.js";

const ZOOM = 1.5;

/** @typedef {import("./waterfall.js").Waterfall} Waterfall */
/** @typedef {{x: number, y: number}} Point in the stage, px */

/** @param {Waterfall} waterfall */
export function interact(waterfall) {
  const { stage, view, readout } = waterfall;
  /** @type {(Point & {moved: boolean})|null} */
  let drag = null;

  const place = (/** @type {MouseEvent} */ event) => {
    const bounds = stage.getBoundingClientRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  };
  const isInside = (/** @type {Point} */ { x, y }) =>
    x >= view.box.left &&
    x <= view.box.left + view.box.width &&
    y >= view.box.top &&
    y <= view.box.top + view.box.height;

  stage.addEventListener("pointerdown", (event) => {
    const at = place(event);
    if (event.button !== 0 || !isInside(at)) return;
    drag = { ...at, moved: false };
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener("pointermove", (event) => {
    const at = place(event);
    if (drag) {
      const dx = at.x - drag.x;
      const dy = at.y - drag.y;
      if (!drag.moved && Math.hypot(dx, dy) < 4) return;
      view.pan((-dx / view.box.width) * view.span, view.isWhole ? 0 : (dy / view.box.height) * (view.max - view.min));
      drag = { ...at, moved: true };
      readout.hidden = true;
      waterfall.moved();
    } else if (isInside(at)) {
      showReadout(waterfall, at);
    } else {
      readout.hidden = true;
    }
  });
  stage.addEventListener("pointerup", (event) => {
    const click = drag && !drag.moved;
    drag = null;
    const at = place(event);
    if (click) waterfall.select(nearest(waterfall.getVehicles(), view, at.x, at.y)?.id ?? null);
  });
  stage.addEventListener("pointercancel", () => (drag = null));
  stage.addEventListener("pointerleave", () => (readout.hidden = true));
  stage.addEventListener("dblclick", () => {
    view.wholeDistance();
    waterfall.standAt(null);
    waterfall.emit("view", null);
  });
  // A plain wheel scrolls the page; with Ctrl (or a pinch on a touchpad) it zooms time, with Shift distance.
  stage.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.shiftKey) return;
      event.preventDefault();
      const at = place(event);
      const factor = ZOOM ** ((event.deltaY || event.deltaX) / 200);
      if (event.shiftKey) view.zoomDistance(factor, view.metres(at.y));
      else view.zoomTime(factor, view.time(at.x));
      zoomed(waterfall, event.ctrlKey);
    },
    { passive: false },
  );
  stage.addEventListener("keydown", (event) => {
    if (!key(waterfall, event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/**
 * @param {Waterfall} waterfall
 * @param {KeyboardEvent} event
 * @returns {boolean} whether the key means something here
 */
function key(waterfall, event) {
  const { view } = waterfall;
  const metres = (view.max - view.min) / 5;
  switch (event.key) {
    case "ArrowLeft":
      view.pan(-view.span / 5, 0);
      break;
    case "ArrowRight":
      view.pan(view.span / 5, 0);
      break;
    case "ArrowUp":
      view.pan(0, view.isWhole ? 0 : metres);
      break;
    case "ArrowDown":
      view.pan(0, view.isWhole ? 0 : -metres);
      break;
    case "+":
    case "=":
      view.zoomTime(1 / ZOOM);
      zoomed(waterfall, true);
      return true;
    case "-":
    case "_":
      view.zoomTime(ZOOM);
      zoomed(waterfall, true);
      return true;
    case "PageUp":
      view.zoomDistance(1 / ZOOM);
      zoomed(waterfall, false);
      return true;
    case "PageDown":
      view.zoomDistance(ZOOM);
      zoomed(waterfall, false);
      return true;
    case "Home":
      view.wholeDistance();
      waterfall.standAt(null);
      waterfall.emit("view", null);
      return true;
    default:
      return false;
  }
  waterfall.moved();
  return true;
}

/**
 * After a zoom; a view that follows now keeps following.
 * @param {Waterfall} waterfall
 * @param {boolean} isTime
 */
export function zoomed(waterfall, isTime) {
  if (isTime && !waterfall.follows) waterfall.moved();
  waterfall.touch();
  waterfall.emit("view", null);
}

/**
 * @param {Waterfall} waterfall
 * @param {Point} at
 */
function showReadout(waterfall, { x, y }) {
  const { view, readout } = waterfall;
  const ms = view.time(x);
  const metres = view.metres(y);
  const tile = waterfall.tiles.between(ms, ms + 1).find((t) => valueAt(t, ms, metres) !== null);
  const level = levelText(tile, tile ? valueAt(tile, ms, metres) : null);
  const v = waterfall.showTracks ? nearest(waterfall.getVehicles(), view, x, y) : null;
  fill(
    readout,
    el("strong", {}, `${localDay(ms)}, ${localSecond(ms)}`),
    el("small", {}, utc(Math.round(ms))),
    el("div", {}, el("span", {}, "Distance"), el("b", {}, quantity(metres, "m"))),
    el("div", {}, el("span", {}, "Level"), el("b", {}, level)),
    v &&
      el(
        "div.vehicle",
        {},
        el("span", {}, `${STYLES[v.class]?.word ?? v.class}, ${DIRECTIONS[v.direction].word}`),
        el("b", {}, `${number(v.speedKmh)} ± ${deviation(v.speedStandardErrorKmh)}\u202fkm/h`),
      ),
  );
  readout.hidden = false;
  const flip = x > view.box.left + view.box.width / 2;
  readout.style.left = flip ? "auto" : `${x + 14}px`;
  readout.style.right = flip ? `${waterfall.stage.clientWidth - x + 14}px` : "auto";
  readout.style.top = `${Math.max(4, Math.min(y, waterfall.stage.clientHeight - readout.offsetHeight - 4))}px`;
}

/**
 * @param {import("./tile.js").Tile|undefined} tile
 * @param {number|null} value
 */
function levelText(tile, value) {
  if (tile === undefined || value === null) return "no data";
  return tile.unit === "1" ? scientific(value) : `${scientific(value)} ${tile.unit.replace("1/s", "s⁻¹")}`;
}
