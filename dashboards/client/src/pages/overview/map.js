// Nodes at their configured places over a plain graticule: no tiles, so it works in a cabinet without internet.
import L from "leaflet";
import { el, icon } from "@sensing/client/core/dom.js";
import { nodeState } from "./alarms.js";
import { STATE_WORDS } from "./nodelist.js";

const STEPS = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
/** @typedef {import("@sensing/client/core/api.js").NodeEntry} NodeEntry */
/** @typedef {import("./alarms.js").Alarm} Alarm */

/**
 * Where a node is: an entry of dashboard.json.
 * @typedef {{site: string, node: string, label?: string, latitude: number, longitude: number}} Place
 */

/** @type {Record<string, string>} */
const WORDS = { ...STATE_WORDS, warning: "Online, with open alarms", unknown: "Never reported" };

/** @type {Record<string, string>} */
const CLASSES = { online: "ok", stopped: "idle", offline: "bad", stale: "warn", unknown: "idle", warning: "warn" };

export class NodeMap {
  /** @type {Map<string, {state: string, marker: L.Marker}>} */
  #markers = new Map();

  /**
   * @param {HTMLElement} host
   * @param {Place[]} places configured nodes; at least one
   */
  constructor(host, places) {
    this.places = places;
    this.map = L.map(host, {
      zoomControl: true,
      attributionControl: false,
      maxZoom: 16,
      minZoom: 2,
      zoomSnap: 0.5,
      worldCopyJump: true,
    });
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(this.map);
    this.graticule = L.layerGroup().addTo(this.map);
    this.map.on("moveend", () => this.#graticule());
    this.fit();
    new ResizeObserver(() => this.map.invalidateSize({ pan: false })).observe(host);
    host.setAttribute("role", "region");
    host.setAttribute("aria-label", "Map of nodes; the list of sites and nodes holds the same information");
  }

  fit() {
    this.map.fitBounds(L.latLngBounds(this.places.map((p) => L.latLng(p.latitude, p.longitude))), {
      padding: [60, 60],
      maxZoom: 11,
      animate: false,
    });
  }

  /**
   * Shows the states of nodes; a place whose node has never reported is shown as unknown.
   * @param {NodeEntry[]} nodes
   * @param {Alarm[]} alarms
   * @param {number} now ms
   */
  show(nodes, alarms, now) {
    for (const place of this.places) {
      const key = `${place.site}/${place.node}`;
      const entry = nodes.find((n) => n.site === place.site && n.node === place.node);
      const troubled = alarms.some((a) => a.severity !== "info" && a.where.startsWith(`${place.site} / ${place.node}`));
      const itself = entry ? nodeState(entry, now) : "unknown";
      const state = itself === "online" && troubled ? "warning" : itself;
      const known = this.#markers.get(key);
      if (known?.state === state) continue;
      known?.marker.remove();
      this.#markers.set(key, { state, marker: this.#marker(place, state) });
    }
  }

  /**
   * @param {Place} place
   * @param {string} state
   */
  #marker(place, state) {
    const label = place.label ?? place.node;
    const word = WORDS[state];
    const html = el(`span.pin.${CLASSES[state]}`, {}, icon(state), el("span.pin-label", {}, label));
    const marker = L.marker([place.latitude, place.longitude], {
      icon: L.divIcon({ html, className: "pin-box", iconSize: [20, 20], iconAnchor: [10, 10] }),
      alt: `${label}: ${word}`,
      title: `${label}: ${word}`,
    }).addTo(this.map);
    marker.getElement()?.setAttribute("aria-label", `${label}: ${word}`);
    marker.on("click keypress", (event) => {
      const { originalEvent } = /** @type {L.LeafletMouseEvent|L.LeafletKeyboardEvent} */ (event);
      if (originalEvent instanceof KeyboardEvent && originalEvent.key !== "Enter" && originalEvent.key !== " ") return;
      document.getElementById(`node-${place.site}-${place.node}`)?.scrollIntoView({ block: "nearest" });
    });
    return marker;
  }

  /** Lines of latitude and longitude about 84 pixels or more apart, named at the left and lower edges. */
  #graticule() {
    this.graticule.clearLayers();
    const bounds = this.map.getBounds();
    const size = this.map.getSize();
    /**
     * @param {number} low degrees
     * @param {number} high degrees
     * @param {number} pixels
     * @param {(degrees: number) => L.LatLngTuple[]} line
     * @param {(degrees: number, digits: number) => void} at
     */
    const draw = (low, high, pixels, line, at) => {
      const step = STEPS.findLast((s) => ((high - low) / s) * 84 <= pixels) ?? STEPS[0];
      const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
      for (let k = Math.ceil(low / step); k * step <= high; k++) {
        L.polyline(line(k * step), { className: "graticule", interactive: false, weight: 1 }).addTo(this.graticule);
        at(k * step, digits);
      }
    };
    /** @param {L.LatLngTuple} point @param {string} text @param {string} className */
    const name = (point, text, className) => {
      const html = el("span", { "aria-hidden": "true" }, text);
      L.marker(point, {
        interactive: false,
        keyboard: false,
        icon: L.divIcon({ html, className: `graticule-name ${className}`, iconSize: undefined }),
      }).addTo(this.graticule);
    };
    const corner = this.map.containerPointToLatLng([4, size.y - 4]);
    const [south, north, west, east] = [
      Math.max(-85, bounds.getSouth()),
      Math.min(85, bounds.getNorth()),
      bounds.getWest(),
      bounds.getEast(),
    ];
    draw(
      south,
      north,
      size.y,
      (lat) => [
        [lat, west - 1],
        [lat, east + 1],
      ],
      (lat, d) => name([lat, corner.lng], `${Math.abs(lat).toFixed(d)}° ${lat < 0 ? "S" : "N"}`, "parallel"),
    );
    draw(
      west,
      east,
      size.x,
      (lng) => [
        [south - 1, lng],
        [north + 1, lng],
      ],
      (lng, d) => name([corner.lat, lng], `${Math.abs(lng).toFixed(d)}° ${lng < 0 ? "W" : "E"}`, "meridian"),
    );
  }
}
