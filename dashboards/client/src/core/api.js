// Reads of the query API, same origin.

const BASE = "/api/v1";

/**
 * A CloudEvent as the API sends it.
 * @template [Data=any] payload, as the type's schema in schemas/events says
 * @typedef {object} SensingEvent
 * @property {string} id
 * @property {string} source "/sites/a/nodes/b/streams/c"
 * @property {string} type "sensing.radar.reading.v1"
 * @property {string} time RFC 3339, UTC
 * @property {Data} data
 * @property {string} [arrival] when the store got it, RFC 3339, UTC
 */

/**
 * @typedef {{type: string, count: number, lastTime: string, lastArrival: string}} TypeEntry events of one type in a
 *   stream
 */
/** @typedef {{source: string, site: string, node: string, stream: string, types: TypeEntry[]}} StreamEntry */

/**
 * Statistics of one number of the payload over a roll-up's interval.
 * @typedef {{count: number, mean: number, min: number, max: number}} Measure
 */

/**
 * A roll-up: count and measures of one stream, type and interval. Beside the fields below it holds one Measure for each
 * measured number, by its name in the payload: see measureOf.
 * @typedef {{time: string, source: string, type: string, count: number}} Rollup
 */

/**
 * What a stream of a node says about itself.
 * @typedef {object} StreamStatus
 * @property {string} name
 * @property {string} pipeline
 * @property {string} state
 * @property {number} events
 * @property {number} [droppedBlocks]
 * @property {number} [restarts]
 * @property {string|null} [lastSample]
 * @property {string|null} [problem]
 */

/**
 * What a node says about itself: sensing.node.status.v1.
 * @typedef {object} NodeStatus
 * @property {string} state
 * @property {string} version
 * @property {string} startedAt
 * @property {number|null} [clockOffsetSeconds]
 * @property {number} outboxEvents
 * @property {number} outboxBytes
 * @property {number} oldestUnsentSeconds
 * @property {number} deadLetters
 * @property {StreamStatus[]} [streams]
 */

/** @typedef {{site: string, node: string, status: NodeStatus, receivedAt: string, connected: boolean}} NodeEntry */

/**
 * @typedef {object} EventQuery
 * @property {string|string[]} type
 * @property {string|string[]} [source] absent: of all streams
 * @property {string|Date} [from] included
 * @property {string|Date} [to] excluded
 * @property {"asc"|"desc"} [order] by event time (default: "asc")
 * @property {number} [most] greatest number of events (default: 5,000)
 * @property {number} [page] events of one request (default: 1,000)
 * @property {AbortSignal} [signal]
 */

/** @typedef {string|number|Date|null|undefined} Parameter */
/**
 * @typedef {{[name: string]: Parameter|Parameter[]}} Parameters values that are not set are left out; an array repeats
 *   its name
 */

/** An answer of the API that is not the data asked for, or none at all. */
export class ApiError extends Error {
  /**
   * @param {string} message
   * @param {number} status
   */
  constructor(message, status) {
    super(message);
    this.name = "ApiError";
    /** HTTP status; 0 where the server could not be reached. */
    this.status = status;
  }
}

/**
 * "/api/v1/path?…"
 * @param {string} path
 * @param {Parameters} [parameters]
 */
export function apiUrl(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "")
        query.append(name, one instanceof Date ? one.toISOString() : String(one));
    }
  }
  const text = query.toString();
  return `${BASE}/${path}${text ? `?${text}` : ""}`;
}

/**
 * @param {string} path below /api/v1: "streams", "nodes", "events/latest"
 * @param {Parameters} [parameters]
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>} the JSON answer; throws ApiError, or AbortError where the signal fired
 */
export async function getJson(path, parameters, signal) {
  let response;
  try {
    response = await fetch(apiUrl(path, parameters), { signal, headers: { Accept: "application/json" } });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError("The server cannot be reached.", 0);
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => null);
    throw new ApiError(problem?.detail ?? problem?.title ?? `The server answered ${response.status}.`, response.status);
  }
  return response.json();
}

/**
 * Events of a range, page by page, until the range or `most` is reached.
 * @param {EventQuery} query
 * @returns {Promise<{items: SensingEvent[], complete: boolean}>} complete: the range holds no more than these
 */
export async function getEvents({ most = 5000, page = 1000, signal, ...query }) {
  /** @type {SensingEvent[]} */
  const items = [];
  /** @type {string|undefined} */
  let cursor;
  do {
    const answer = await getJson("events", { ...query, limit: Math.min(page, most - items.length), cursor }, signal);
    items.push(...answer.items);
    cursor = answer.next;
  } while (cursor && items.length < most);
  return { items, complete: !cursor };
}

/**
 * Roll-ups of a range: counts and statistics for each stream, type and interval.
 * @param {Parameters & {step: "1m"|"15m"|"1h"|"1d"}} query source, type, from (included), to (excluded), step
 * @param {AbortSignal} [signal]
 * @returns {Promise<Rollup[]>}
 */
export async function getRollups(query, signal) {
  const answer = await getJson("rollups", query, signal);
  return answer.items;
}

/**
 * Statistics of one number of the payload over a roll-up's interval; undefined where none was measured.
 * @param {Rollup} rollup
 * @param {string} name of the number in the payload, e.g. "speedKmh"
 * @returns {Measure|undefined}
 */
export function measureOf(rollup, name) {
  return /** @type {Record<string, any>} */ (rollup)[name] ?? undefined;
}
