// The mark of events that carry the time of a recording.
import { el } from "./dom.js";

/** The badge, hidden until the events are known to be replayed. */
export function replayBadge() {
  return el(
    "span.badge.replay",
    {
      id: "replay",
      hidden: true,
      title: "The events carry the time of a recording. Ranges that follow now end at its newest event.",
    },
    "Replayed recording",
  );
}
