// The boat page: keeps plot, alerts, targets, impacts and models on the chosen vessel and range.
import { showFreshness } from "@sensing/client/chart/freshness.js";
import { byId, el } from "@sensing/client/core/dom.js";
import { GroupChooser } from "@sensing/client/core/groupchooser.js";
import { isNight, onTheme, toggleNight } from "@sensing/client/core/theme.js";
import { Alerts } from "./alerts.js";
import { AlertBar } from "./alertbar.js";
import { ChosenPanel } from "./chosenpanel.js";
import { BoatData } from "./data.js";
import { ImpactPanel } from "./impactpanel.js";
import { spokenImpact } from "./impacts.js";
import { LogPanel } from "./logpanel.js";
import { ModelPanel } from "./modelpanel.js";
import { PlotPanel } from "./plotpanel.js";
import { Horn } from "./horn.js";
import { TargetPanel } from "./targetpanel.js";
import { vesselsOf } from "./vessels.js";
import { OWN_SHIP, TARGET } from "./types.js";
import { nameOf } from "./words.js";

/** Own ship is reported every 5 s and targets every 10 s unless the vessel is configured otherwise; s. */
const STALE = 45;

/**
 * @typedef {object} BoatView what the parts of the page share
 * @property {import("@sensing/client/core/pageframe.js").PageFrame} frame
 * @property {() => BoatData|null} data
 * @property {() => import("./picture.js").Picture|null} picture
 * @property {() => number} eventNow what is now on the events' clock, or the end of a fixed range, ms
 * @property {Alerts} alerts
 * @property {() => string} source of the watch
 * @property {() => string|null} selected id of a target
 * @property {(id: string|null) => void} select
 * @property {() => void} redraw
 * @property {(anchor: string) => string} link
 */

/** @param {import("@sensing/client/core/pageframe.js").PageFrame} frame */
export function mountBoat(frame) {
  const { url, range, feed } = frame;
  url.declare({ target: "", up: "head", miles: "4", vector: "6", trail: "6", show: "all" });
  /** @type {BoatData|null} */
  let data = null;
  /** @type {import("./picture.js").Picture|null} */
  let picture = null;
  range.now = () => data?.clock.now() ?? Date.now();

  const chooser = new GroupChooser(frame, {
    id: "vessel",
    name: "Vessel",
    ofGroup: "target",
    nothing: "No vessel has reported yet",
    groupsOf: vesselsOf,
    titleOf: (vessel) => vessel.label,
  });
  const horn = new Horn();
  const night = el("button", { type: "button", id: "night", title: "Dimmed red for eyes used to the dark (n)" });
  const showNight = () => {
    night.textContent = isNight() ? "Night off" : "Night";
    night.setAttribute("aria-pressed", String(isNight()));
  };
  night.addEventListener("click", toggleNight);
  showNight();
  frame.controls.append(horn.button, night);

  /** @type {BoatView} */
  const view = {
    frame,
    data: () => data,
    picture: () => picture,
    eventNow: () => (range.follows ? (data?.eventNow() ?? Date.now()) : range.ends().to),
    alerts: new Alerts(),
    source: () => data?.vessel.watch ?? "",
    selected: () => url.get("target") || null,
    select: (id) => {
      url.set({ target: id ?? null });
      draw();
    },
    redraw: () => draw(),
    link: (anchor) => frame.link(anchor, { source: data?.vessel.id }),
  };
  const plot = new PlotPanel(view);
  const bar = new AlertBar(view);
  const targets = new TargetPanel(view);
  const chosen = new ChosenPanel(view);
  const impacts = new ImpactPanel(view);
  const models = new ModelPanel(view);
  const log = new LogPanel(view);

  function draw() {
    if (data === null) return;
    const time = view.eventNow();
    picture = data.pictureAt(time);
    if (range.follows && !data.isLoading) view.alerts.settle(view.source(), picture.targets);
    const freshness = {
      problem: data.problem,
      isLoading: data.isLoading,
      newest: data.newest[OWN_SHIP] ?? data.newest[TARGET],
      // The end of a recording is not a vessel that has fallen silent.
      follows: range.follows && !data.clock.isReplay,
      staleAfter: STALE,
    };
    byId("page").classList.toggle("no-watch", data.vessel.watch === null);
    plot.show(freshness.follows && picture.ownAge > STALE);
    showFreshness(plot.panel, {
      ...freshness,
      isEmpty: picture.place === null && picture.targets.length === 0,
      emptyText: picture.ownAge > STALE ? "Own ship has not reported at this time." : "Own ship has no position.",
    });
    targets.show();
    showFreshness(targets.panel, { ...freshness, isEmpty: false, emptyText: "" });
    chosen.show();
    bar.show();
    impacts.show();
    models.show();
    log.show();
    horn.sound(
      range.follows && picture.targets.some((s) => s.level === "alarm" && view.alerts.isOpen(view.source(), s)),
    );
    chooser.replay(data.clock.isReplay);
    data.forget(range.ends().from);
  }

  async function load() {
    range.show();
    draw();
    await data?.load(range.current);
    draw();
  }

  chooser.on("group", (vessel) => {
    if (data?.vessel.id === vessel.id) {
      data.extend(vessel);
    } else {
      data?.stop();
      const made = (data = new BoatData(vessel));
      made.on("encounter", ({ data: change }) => {
        if (
          range.follows &&
          change.level !== "none" &&
          data === made &&
          !view.alerts.isMuted(view.source(), change.target)
        )
          byId("spoken-boat").textContent =
            `${change.level === "alarm" ? "Alarm" : "Warning"}, ${nameOf(change)}: ${change.advice}.`;
      });
      made.on("impact", (impact) => {
        if (range.follows && data === made) byId("spoken-boat").textContent = spokenImpact(impact);
      });
    }
    load().then(() => performance.mark("first-data"));
  });
  range.on("change", load);
  feed.on("reconnect", load);
  feed.on("sensing", (event) => data?.take(event));
  onTheme(() => {
    showNight();
    draw();
  });
  addEventListener("resize", () => draw());
  frame.addKey("n", "Dimmed red for the night", toggleNight);
  frame.addKey("u", "Plot: head up or north up", () => plot.turn());
  frame.addKey("+", "Plot: shorter range", () => plot.zoom(-1));
  frame.addKey("-", "Plot: longer range", () => plot.zoom(1));
  frame.addKey("a", "Acknowledge the first open alert", () => bar.acknowledgeFirst());
  frame.addHelp("On the plot: lines are where vessels will be, crosses where two are closest, dots where they were.");
  chooser.find();
  setInterval(draw, 1000);
}
