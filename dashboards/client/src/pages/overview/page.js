// Overview: what is where, what is wrong, and whether events flow; with a card from each page that brings one.
export const title = "Overview";
export const key = "1";

const NOTICE = "sensing.node.notice.v1";
const LOSS = "sensing.node.loss.v1";

/** Events about the nodes themselves. */
export const eventTypes = [NOTICE, LOSS];

/** @type {import("@sensing/client/core/pagemodule.js").PageModule["mount"]} */
export async function mount(frame) {
  const { mountOverview } = await import("./overview.js");
  await mountOverview(frame);
}
