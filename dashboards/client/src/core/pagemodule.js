// What a page module exports. Only types: the build (build/pages.mjs) checks that a page.js exports them.

/**
 * src/pages/NAME/page.js
 * @typedef {object} PageModule
 * @property {string} title in the navigation and as heading
 * @property {string} key digit from "1" to "9" that opens the page from the keyboard; pages are listed in its order
 * @property {string[]} eventTypes types of the live events that the page receives
 * @property {(frame: import("./pageframe.js").PageFrame) => void|Promise<void>} mount fills the page
 * @property {OverviewCard} [overviewCard]
 */

/**
 * A page as the others see it: what its module exports, without loading it.
 * @typedef {object} PageEntry
 * @property {string} name name of its folder
 * @property {string} path its address: "/" or "/name"
 * @property {string} title
 * @property {string} key
 * @property {string[]} eventTypes
 * @property {boolean} hasCard whether it brings a card to the overview
 * @property {() => Promise<PageModule>} load
 */

/**
 * A panel on the overview, and figures in its headline.
 * @typedef {object} OverviewCard
 * @property {string} title heading of the panel
 * @property {string[]} eventTypes types of the live events that the card receives
 * @property {(frame: CardFrame) => Card} mount fills the panel
 */

/**
 * What the overview gives to a card.
 * @typedef {object} CardFrame
 * @property {HTMLElement} body the panel's body, empty
 * @property {() => number} now end of the ranges that follow now, ms: the newest event's time where a recording is
 *   replayed
 * @property {() => boolean} isReplay whether a recording is replayed
 * @property {(parameters?: Record<string, string>) => string} href address of the card's page, with parameters
 * @property {(text: string) => void} say speaks a sentence to screen readers, politely, together with others
 */

/**
 * A mounted card; every part may be absent. What throws is reported in the card's own panel.
 * @typedef {object} Card
 * @property {() => Promise<void>} [load] reads from the query API: at the start, every 30 s, and after a reconnect
 * @property {(event: import("./api.js").SensingEvent) => void} [take] a live event of the card's types
 * @property {(now: number) => void} [show] draws, every second and after each event; now is the viewer's clock, ms
 * @property {() => import("../chart/panel.js").Table} [table] rows for the panel's CSV download
 * @property {() => Figure[]} [figures] values for the headline
 */

/**
 * @typedef {object} Figure
 * @property {string} term what it is, e.g. "Vehicles in the last hour"
 * @property {string} value
 * @property {string} [detail] small print after the value
 * @property {boolean} [isBad] shown in the colour of alarms
 */

export {};
