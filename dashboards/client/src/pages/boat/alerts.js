// What the viewer has acknowledged or muted on this screen, kept by the browser. The vessel's own alarms are not touched.
import { isDistress, levelRank } from "./words.js";

const KEY = "sensing.boat.alerts";

/** A vessel met again after so long is another encounter, ms. */
const HOLDS = 12 * 3600000;

/** @typedef {{level: number, isMuted: boolean, at: number}} Answer level: rank up to which it is acknowledged */

export class Alerts {
  /** @type {Map<string, Answer>} */
  #answers = new Map();

  /** @param {Pick<Storage, "getItem"|"setItem">|null} [storage] null: for this page only */
  constructor(storage = safeStorage()) {
    this.storage = storage;
    try {
      const saved = JSON.parse(storage?.getItem(KEY) ?? "{}");
      for (const [key, answer] of Object.entries(saved)) {
        if (typeof answer?.at === "number" && Date.now() - answer.at < HOLDS) this.#answers.set(key, answer);
      }
    } catch {
      // What cannot be read is forgotten: alarms come back.
    }
  }

  /**
   * Whether an alert still wants attention: not acknowledged at its level, not muted. Beacons of distress cannot be muted.
   * @param {string} source
   * @param {import("./picture.js").Seen} seen
   */
  isOpen(source, seen) {
    if (seen.level === "none") return false;
    const answer = this.#answers.get(`${source} ${seen.id}`);
    if (isDistress(seen.data.kind)) return (answer?.level ?? 0) < levelRank(seen.level);
    return !seen.isAcknowledged && !answer?.isMuted && (answer?.level ?? 0) < levelRank(seen.level);
  }

  /**
   * @param {string} source
   * @param {string} id
   */
  isMuted(source, id) {
    return this.#answers.get(`${source} ${id}`)?.isMuted ?? false;
  }

  /**
   * The level is known: only a higher one alerts again.
   * @param {string} source
   * @param {import("./picture.js").Seen} seen
   */
  acknowledge(source, seen) {
    this.#set(`${source} ${seen.id}`, { level: levelRank(seen.level) });
  }

  /**
   * @param {string} source
   * @param {string} id
   * @param {boolean} isMuted
   */
  mute(source, id, isMuted) {
    this.#set(`${source} ${id}`, { isMuted });
  }

  /**
   * An encounter that is over is alerted of again when it comes back.
   * @param {string} source
   * @param {import("./picture.js").Seen[]} targets
   */
  settle(source, targets) {
    for (const seen of targets) {
      const key = `${source} ${seen.id}`;
      const answer = this.#answers.get(key);
      if (answer !== undefined && answer.level > levelRank(seen.level))
        this.#set(key, { level: levelRank(seen.level) });
    }
  }

  /**
   * @param {string} key
   * @param {Partial<Answer>} change
   */
  #set(key, change) {
    this.#answers.set(key, { level: 0, isMuted: false, ...this.#answers.get(key), ...change, at: Date.now() });
    try {
      this.storage?.setItem(KEY, JSON.stringify(Object.fromEntries(this.#answers)));
    } catch {
      // Kept for this page only.
    }
  }
}

function safeStorage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
