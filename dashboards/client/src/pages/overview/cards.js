// The cards of the other pages. A card that fails says so in its own panel; the overview and the other cards keep
// working.
import { Panel, panelSection } from "@sensing/client/chart/panel.js";
import { ApiError } from "@sensing/client/core/api.js";

/** @typedef {import("@sensing/client/core/pagemodule.js").Card} Card */
/** @typedef {import("@sensing/client/core/pagemodule.js").CardFrame} CardFrame */
/** @typedef {import("@sensing/client/core/pagemodule.js").OverviewCard} OverviewCard */
/** @typedef {import("@sensing/client/core/pagemodule.js").PageEntry} PageEntry */

/**
 * @typedef {object} CardHost what cards ask of the overview
 * @property {HTMLElement} row where their panels go
 * @property {() => number} now ms
 * @property {() => boolean} isReplay
 * @property {(text: string) => void} say
 * @property {(anchor: string) => string} link
 */

export class Cards {
  /** @type {MountedCard[]} */
  #cards = [];

  /**
   * Loads the modules of the pages that bring a card, and mounts the cards.
   * @param {readonly PageEntry[]} pages
   * @param {CardHost} host
   */
  async mount(pages, host) {
    const bringing = pages.filter((p) => p.hasCard);
    const modules = await Promise.all(
      bringing.map((page) =>
        page.load().catch((error) => {
          console.error(`The card of page '${page.name}' cannot be loaded.`, error);
          return null;
        }),
      ),
    );
    bringing.forEach((page, i) => {
      const card = modules[i]?.overviewCard;
      if (card) this.#cards.push(new MountedCard(page, card, host));
    });
  }

  get eventTypes() {
    return this.#cards.flatMap((c) => c.eventTypes);
  }

  /** Reads what the cards show; never fails as a whole. */
  async load() {
    await Promise.all(this.#cards.map((c) => c.attemptLoad()));
  }

  /**
   * @param {import("@sensing/client/core/api.js").SensingEvent} event
   * @returns {boolean} whether a card takes events of this type
   */
  take(event) {
    const takers = this.#cards.filter((c) => c.eventTypes.includes(event.type));
    for (const card of takers) card.attempt((c) => c.take?.(event));
    return takers.length > 0;
  }

  /**
   * Shows the cards whose pipeline has sent events, and all of them while no stream has sent any.
   * @param {import("@sensing/client/core/api.js").StreamEntry[]} streams
   */
  choose(streams) {
    const sent = new Set(streams.flatMap((s) => s.types.map((t) => t.type)));
    for (const card of this.#cards) card.hide(sent.size > 0 && !card.page.eventTypes.some((t) => sent.has(t)));
  }

  /** @param {number} now ms */
  show(now) {
    for (const card of this.#cards) card.attempt((c) => c.show?.(now));
  }

  /** Figures of the cards that are shown, for the headline. */
  figures() {
    return this.#cards.filter((c) => !c.isHidden).flatMap((card) => card.attempt((c) => c.figures?.()) ?? []);
  }
}

class MountedCard {
  /** @type {Card} */
  #card = {};
  #panel;
  #isLoading = true;
  #hasFailed = false;

  /**
   * @param {PageEntry} page
   * @param {OverviewCard} module
   * @param {CardHost} host
   */
  constructor(page, module, host) {
    this.page = page;
    this.eventTypes = module.eventTypes;
    const id = `card-${page.name}`;
    const section = panelSection(id, module.title);
    section.classList.add("card");
    host.row.append(section);
    /** @type {unknown} */
    let problem = null;
    try {
      this.#card = module.mount(frameOf(section, page, host));
    } catch (error) {
      problem = error;
    }
    const { table } = this.#card;
    const now = () => ({ from: Date.now(), to: Date.now() });
    this.#panel = new Panel(section, page.name, {
      table: table && (() => table.call(this.#card)),
      picture: null,
      link: () => host.link(id),
      range: now,
    });
    this.#panel.setState("loading", "Loading");
    if (problem !== null) this.#fail(problem);
  }

  get isHidden() {
    return this.#panel.section.hidden;
  }

  /** @param {boolean} isHidden */
  hide(isHidden) {
    this.#panel.section.hidden = isHidden;
  }

  async attemptLoad() {
    if (this.#hasFailed) return;
    try {
      await this.#card.load?.();
      this.#isLoading = false;
      if (!this.#hasFailed) this.#panel.setState("ok");
    } catch (error) {
      // A server that is away is reported above the page; what the card shows stays.
      if (!(error instanceof ApiError)) this.#fail(error);
      else if (this.#isLoading) this.#panel.setState("error", error.message);
    }
  }

  /**
   * @template T
   * @param {(card: Card) => T} work
   * @returns {T|undefined} undefined where the card has failed
   */
  attempt(work) {
    if (this.#hasFailed) return undefined;
    try {
      return work(this.#card);
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#hasFailed = true;
    this.#panel.body.replaceChildren();
    this.#panel.setState("error", `This card has failed: ${error instanceof Error ? error.message : error}`);
    console.error("A card of the overview has failed.", error);
  }
}

/**
 * @param {HTMLElement} section
 * @param {PageEntry} page
 * @param {CardHost} host
 * @returns {CardFrame}
 */
function frameOf(section, page, { now, isReplay, say }) {
  return {
    body: /** @type {HTMLElement} */ (section.querySelector(".panel-body")),
    now,
    isReplay,
    say,
    href: (parameters = {}) => addressOf(page, parameters),
  };
}

/**
 * The address of a page, with parameters.
 * @param {PageEntry} page
 * @param {Record<string, string>} parameters
 */
export function addressOf(page, parameters) {
  const query = new URLSearchParams(parameters).toString().replaceAll("%2F", "/");
  return page.path + (query ? `?${query}` : "");
}
