// Colours of the waterfall. Diverging: the middle is calm and lightness moves evenly towards either end (computed in
// OKLab, https://bottosson.github.io/posts/oklab), so that equal steps of strain look equally large, also to readers
// who do not tell the two hues apart: the signs then differ by position, as in the dipole of a passing axle.

/** @typedef {"light"|"dark"} Theme */

/**
 * Lightness, chroma and hue (degrees) of five stops.
 * @type {Record<Theme, [number, number, number][]>}
 */
const SCHEMES = {
  light: [
    [0.36, 0.1, 262],
    [0.66, 0.115, 245],
    [0.965, 0.008, 240],
    [0.68, 0.13, 55],
    [0.38, 0.115, 35],
  ],
  dark: [
    [0.86, 0.09, 225],
    [0.55, 0.115, 245],
    [0.2, 0.012, 245],
    [0.56, 0.125, 50],
    [0.87, 0.105, 75],
  ],
};

/**
 * A table of 256 colours, ABGR as ImageData on a little-endian machine wants them, from most negative to most positive.
 * @param {Theme} theme
 */
export function diverging(theme) {
  const stops = SCHEMES[theme].map(([L, C, h]) => [
    L,
    C * Math.cos((h * Math.PI) / 180),
    C * Math.sin((h * Math.PI) / 180),
  ]);
  const table = new Uint32Array(256);
  for (let i = 0; i < 256; i++) {
    const at = (i / 255) * (stops.length - 1);
    const k = Math.min(stops.length - 2, Math.floor(at));
    const lab = stops[k].map((v, axis) => v + (stops[k + 1][axis] - v) * (at - k));
    const [r, g, b] = toRgb(/** @type {[number, number, number]} */ (lab));
    table[i] = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  }
  return table;
}

/**
 * A colour of the table as CSS.
 * @param {number} abgr
 */
export function css(abgr) {
  return `rgb(${abgr & 255} ${(abgr >> 8) & 255} ${(abgr >> 16) & 255})`;
}

/**
 * Index into the table of a value when full colour stands for ±peak.
 * @param {number} value
 * @param {number} peak
 */
export function index(value, peak) {
  return Math.max(0, Math.min(255, Math.round(127.5 + (127.5 * value) / peak)));
}

/**
 * OKLab to sRGB bytes.
 * @param {[number, number, number]} lab
 */
export function toRgb([L, a, b]) {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((linear) => {
    const v = Math.max(0, Math.min(1, linear));
    return Math.round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
  });
}
