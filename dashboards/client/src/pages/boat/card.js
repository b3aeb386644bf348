// The vessels' card on the overview: what each watch says is most urgent, and the last impact.
import { getEvents, getJson } from "@sensing/client/core/api.js";
import { el, fill } from "@sensing/client/core/dom.js";
import { localNear, span, utc } from "@sensing/client/core/format.js";
import { blowWords, ImpactStore } from "./impacts.js";
import { pictureAt } from "./picture.js";
import { ENCOUNTER, IMPACT, OWN_SHIP, TARGET } from "./types.js";
import { vesselsOf } from "./vessels.js";
import { countdown, distance, impactLook, levelLook, lookIcon, nameOf, speed } from "./words.js";

/** Own ship is reported every few seconds: without a report for so long its figures are old, ms. */
const STALE = 45000;

/** Newest reports of a watch: each of its targets is among them. */
const NEWEST = 400;
const MOST_ENCOUNTERS = 100;

/** Lines of a vessel. */
const MOST_LINES = 3;
const DAY = 86400000;

/** @typedef {import("./vessels.js").Vessel} Vessel */
/** @typedef {import("./types.js").SensingEvent} SensingEvent */
/** @template Data @typedef {import("./picture.js").Timed<Data>} Timed */

/** What is known of one watch; of own ship and each target only the last report. */
class Watch {
  constructor() {
    /** @type {Timed<import("./types.js").OwnShip>[]} */
    this.own = [];
    /** @type {Map<string, Timed<import("./types.js").Target>[]>} */
    this.targets = new Map();
    /** @type {Map<string, Timed<import("./types.js").Encounter>[]>} */
    this.encounters = new Map();
  }

  /** @param {SensingEvent} event */
  take({ type, time, data }) {
    const at = { time: Date.parse(time), data };
    if (type === OWN_SHIP) {
      if (!(this.own[0]?.time > at.time)) this.own = [at];
      return;
    }
    const all = /** @type {Map<string, Timed<any>[]>} */ (type === TARGET ? this.targets : this.encounters);
    if (!((all.get(data.target)?.[0]?.time ?? 0) > at.time)) all.set(data.target, [at]);
    if (type === TARGET && data.state === "removed") this.targets.delete(data.target);
  }
}

/** @type {import("@sensing/client/core/pagemodule.js").OverviewCard} */
export const overviewCard = {
  title: "Vessels",
  eventTypes: [ENCOUNTER, TARGET, OWN_SHIP, IMPACT],
  mount(frame) {
    /** @type {Vessel[]} */
    let vessels = [];
    /** @type {Map<string, Watch>} */
    const watches = new Map();
    const impacts = new ImpactStore();
    let shown = "";
    /** @type {{vessel: Vessel, body: HTMLElement}[]} */
    let entries = [];
    /** @param {SensingEvent} event */
    const take = (event) => {
      if (event.type === IMPACT) {
        const fresh = impacts.add(event);
        if (fresh && impactLook(fresh.data.class).isImpact && Math.abs(frame.now() - fresh.time) < 60000)
          frame.say(`Impact: ${blowWords(fresh.data)}.`);
        return;
      }
      const watch = watches.get(event.source) ?? new Watch();
      watches.set(event.source, watch);
      watch.take(event);
      if (
        event.type === ENCOUNTER &&
        event.data.level === "alarm" &&
        Math.abs(frame.now() - Date.parse(event.time)) < 60000
      )
        frame.say(`${nameOf(event.data)}: ${event.data.advice}.`);
    };
    return {
      async load() {
        vessels = vesselsOf(
          /** @type {import("@sensing/client/core/api.js").StreamEntry[]} */ (await getJson("streams")),
        );
        if (vessels.length === 0) return;
        const source = vessels.flatMap((v) => (v.watch === null ? [] : [v.watch]));
        const read = (/** @type {string} */ type, /** @type {number} */ most) =>
          Promise.all(source.map((s) => getEvents({ type, source: s, order: "desc", most })));
        const [own, targets, encounters, blows] = await Promise.all([
          read(OWN_SHIP, 1),
          read(TARGET, NEWEST),
          read(ENCOUNTER, MOST_ENCOUNTERS),
          getEvents({ type: IMPACT, order: "desc", most: 4 }),
        ]);
        for (const { items } of [...own, ...targets, ...encounters]) items.reverse().forEach(take);
        blows.items.reverse().forEach((event) => impacts.add(event));
      },
      take,
      show() {
        if (vessels.length === 0) {
          fill(frame.body, el("p.empty", {}, "No vessel has reported yet."));
          return;
        }
        // The links stay: what has the focus keeps it.
        const known = vessels.map((v) => v.id).join();
        if (known !== shown || frame.body.childElementCount === 0) {
          shown = known;
          entries = vessels.map((vessel) => ({ vessel, body: el("div") }));
          fill(
            frame.body,
            el(
              "ul.boat-cards",
              {},
              ...entries.map(({ vessel, body }) =>
                el("li", {}, el("a.boat-name", { href: frame.href({ source: vessel.id }) }, vessel.label), body),
              ),
            ),
          );
        }
        for (const { vessel, body } of entries)
          showVessel(body, vessel, watches.get(vessel.watch ?? ""), impacts, frame.now());
      },
      table: () => ({
        columns: ["time_utc", "source", "target", "name", "level", "class", "cpa_m", "tcpa_s"],
        rows: [...watches].flatMap(([source, watch]) =>
          pictureAt(watch, frame.now()).targets.map((s) => [
            new Date(frame.now()),
            source,
            s.id,
            s.data.name,
            s.level,
            s.class,
            s.cpa,
            s.tcpa === null ? null : Math.round(s.tcpa),
          ]),
        ),
      }),
      figures() {
        const alarms = [...watches.values()].flatMap((w) =>
          pictureAt(w, frame.now()).targets.filter((s) => s.level === "alarm"),
        );
        if (watches.size === 0) return [];
        return [{ term: "Encounter alarms", value: String(alarms.length), isBad: alarms.length > 0 }];
      },
    };
  },
};

/**
 * @param {HTMLElement} body
 * @param {Vessel} vessel
 * @param {Watch|undefined} watch
 * @param {ImpactStore} impacts
 * @param {number} now ms
 */
function showVessel(body, { streams }, watch, impacts, now) {
  const picture = watch === undefined ? null : pictureAt(watch, now);
  const own = picture?.own ?? null;
  const isOld = own !== null && now - own.time > STALE;
  const alerts = picture?.targets.filter((s) => s.level !== "none") ?? [];
  const blow = impacts
    .all()
    .find(
      (i) => streams.some((s) => i.key.startsWith(s.source)) && impactLook(i.data.class).isImpact && now - i.time < DAY,
    );
  fill(
    body,
    own === null || picture === null
      ? null
      : el(
          `p.boat-facts${isOld ? ".is-stale" : ""}`,
          { title: utc(own.time) },
          isOld
            ? `nothing for ${span((now - own.time) / 1000)}`
            : `${speed(own.data.speedKn)}, ${picture.targets.length} targets`,
        ),
    el(
      "ul.boat-lines",
      {},
      ...(isOld ? [] : alerts.slice(0, MOST_LINES)).map((s) =>
        el(
          `li.${s.level}`,
          {},
          lookIcon(levelLook(s.level)),
          el("span", {}, el("b", {}, nameOf(s.data)), ` ${s.advice}`),
          el(
            "span.number",
            {},
            s.tcpa !== null && s.tcpa > 0 ? `${distance(s.cpa)} in ${countdown(s.tcpa)}` : distance(s.range),
          ),
        ),
      ),
      !isOld && alerts.length === 0 && own !== null
        ? el("li.none", {}, lookIcon(levelLook("none")), el("span", {}, "No risk of collision"))
        : null,
      blow === undefined
        ? null
        : el(
            "li.struck",
            {},
            lookIcon(levelLook("alarm")),
            el("span", {}, el("b", {}, blowWords(blow.data))),
            el("span.number", { title: utc(blow.time) }, localNear(blow.time, now)),
          ),
    ),
  );
}
