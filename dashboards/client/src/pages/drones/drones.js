// The drones page: keeps figures, task types, pictures and charts on the chosen edge, task type and range.
import { showFreshness } from "@sensing/client/chart/freshness.js";
import { byId, el, fill } from "@sensing/client/core/dom.js";
import { localFull } from "@sensing/client/core/format.js";
import { GroupChooser } from "@sensing/client/core/groupchooser.js";
import { onTheme } from "@sensing/client/core/theme.js";
import { Charts } from "./charts.js";
import { DroneData } from "./data.js";
import { EdgePanel } from "./edgepanel.js";
import { edgesOf } from "./edges.js";
import { PicturePanel } from "./picturepanel.js";
import { typesOf } from "./tally.js";
import { TypePanel } from "./typepanel.js";
import { QOS } from "./types.js";
import { VariantPanel } from "./variantpanel.js";

/** An edge that has not reported for so long is silent, s; or for some of its periods, where they are long. */
const STALE = 30;
const STALE_PERIODS = 3;

/** A read that takes longer than this is shown, ms. */
const PATIENCE = 1000;

/** @typedef {import("@sensing/client/chart/panel.js").Panel} Panel */

/**
 * @typedef {object} DronesView what the parts of the page share
 * @property {import("@sensing/client/core/pageframe.js").PageFrame} frame
 * @property {() => DroneData|null} data
 * @property {() => import("./types.js").Timed<import("./types.js").Qos>[]} reports of the range
 * @property {() => number} eventNow what is now on the events' clock, or the end of a fixed range, ms
 * @property {() => string|null} type the chosen task type; null: all
 * @property {(type: string|null) => void} choose
 * @property {boolean} isLive whether the range follows now, and the edge is no recording
 * @property {(panel: Panel, shown: {isEmpty: boolean, emptyText: string, isWhole?: boolean}, type?: string) => void} showState
 *   says how fresh and complete a panel's data are; isWhole: although not all reports were read; type: of its events
 * @property {(anchor: string) => string} link
 */

/** @param {import("@sensing/client/core/pageframe.js").PageFrame} frame */
export function mountDrones(frame) {
  const { url, range, feed } = frame;
  url.declare({ task: "all" });
  /** @type {DroneData|null} */
  let data = null;
  let isDue = true;
  range.now = () => data?.clock.now() ?? Date.now();

  const chooser = new GroupChooser(frame, {
    id: "edge",
    name: "Edge",
    ofGroup: "task",
    nothing: "No edge with drones has reported yet",
    groupsOf: edgesOf,
    titleOf: ({ site, stream }) => `${stream}, ${site}`,
  });
  const choice = el("select", { id: "task" });
  frame.controls.append(el("label", {}, "Task ", choice));

  /** @type {DronesView} */
  const view = {
    frame,
    data: () => data,
    reports() {
      const { from, to } = range.ends();
      return data?.between(from, to) ?? [];
    },
    eventNow: () => (range.follows ? (data?.eventNow() ?? Date.now()) : range.ends().to),
    type: () => (url.get("task") === "all" ? null : url.get("task")),
    choose: (type) => change(type),
    get isLive() {
      // The end of a recording is not an edge that has fallen silent.
      return range.follows && !(data?.clock.isReplay ?? false);
    },
    showState(panel, { isEmpty, emptyText, isWhole = false }, type = QOS) {
      showFreshness(panel, {
        problem: data?.problem ?? null,
        isLoading: data?.isLoading ?? true,
        // Where reports lack a figure, the newest of them has nothing to do with it.
        newest: isEmpty && type === QOS && view.reports().length > 0 ? null : data?.newest[type],
        isEmpty,
        emptyText,
        follows: view.isLive,
        staleAfter: Math.max(STALE, STALE_PERIODS * (data?.reports.at(-1)?.data.periodSeconds ?? 0)),
      });
      if (panel.section.dataset.state !== "ok") return;
      // Live events come while a long range is still being read: what they show is not yet the range.
      if ((data?.loadingMs ?? 0) > PATIENCE) {
        panel.setState("ok", "Loading the range");
        return;
      }
      const first = type === QOS && data?.isCut && !isWhole ? view.reports()[0] : undefined;
      if (first) panel.setState("ok", `Only the newest reports of the range are read: since ${localFull(first.time)}.`);
    },
    link: (anchor) => frame.link(anchor, { source: data?.edge.id }),
  };
  const edge = new EdgePanel(view);
  const types = new TypePanel(view);
  const variants = new VariantPanel(view);
  const pictures = new PicturePanel(view);
  const charts = new Charts(view);

  function drawChoice() {
    const known = typesOf(data?.reports ?? []).map((t) => [t.type, `${t.type}, ${t.summary}`]);
    const wanted = url.get("task");
    const options = [["all", "All"], ...known];
    if (!options.some(([value]) => value === wanted)) options.push([wanted, wanted]);
    const key = JSON.stringify(options);
    if (choice.dataset.options !== key) {
      choice.dataset.options = key;
      fill(choice, ...options.map(([value, text]) => el("option", { value }, text)));
    }
    choice.value = wanted;
  }

  function draw() {
    if (data === null) return;
    pictures.show();
    if (isDue || range.follows) {
      isDue = false;
      drawChoice();
      edge.show();
      types.show();
      variants.show();
      charts.show();
    }
    chooser.replay(data.clock.isReplay);
    data.forget(range.ends().from);
    data.refresh(range.current);
  }

  /** @param {string|null} type */
  function change(type) {
    url.set({ task: type ?? "all" });
    isDue = true;
    draw();
  }

  async function load() {
    range.show();
    isDue = true;
    draw();
    await data?.load(range.current);
    isDue = true;
    draw();
  }

  chooser.on("group", (chosen) => {
    if (data?.edge.id === chosen.id) {
      data.extend(chosen);
    } else {
      data?.stop();
      data = new DroneData(chosen);
      data.on("change", () => (isDue = true));
    }
    load().then(() => performance.mark("first-data"));
  });
  range.on("change", load);
  feed.on("reconnect", load);
  feed.on("sensing", (event) => data?.take(event));
  feed.on("state", () => (isDue = true));
  choice.addEventListener("change", () => change(choice.value === "all" ? null : choice.value));
  onTheme(() => charts.recolour());
  frame.addKey("s", "Say how the edge serves its drones", () => (byId("spoken-drones").textContent = edge.read()));
  frame.addHelp(
    "Stolen: waited for the cloud, and the edge took it. Migrated: was queued on the edge, and went to the cloud.",
  );
  chooser.find();
  setInterval(draw, 1000);
}
