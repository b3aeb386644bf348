// Reads of the query API, same origin.

const BASE = "/api/v1";

/** An answer of the API that is not the data asked for, or none at all. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.name = "ApiError";
    /** HTTP status; 0 where the server could not be reached. */
    this.status = status;
  }
}

/** "/api/v1/path?…" with the values that are set; an array repeats its name. */
export function apiUrl(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") query.append(name, one instanceof Date ? one.toISOString() : String(one));
    }
  }
  const text = query.toString();
  return `${BASE}/${path}${text ? `?${text}` : ""}`;
}

/** @returns {Promise<any>} the JSON answer; throws ApiError, or AbortError where the signal fired. */
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
 * @returns {Promise<{items: object[], complete: boolean}>} complete: the range holds no more than these
 */
export async function getEvents({ most = 5000, page = 1000, signal, ...query }) {
  const items = [];
  let cursor;
  do {
    const answer = await getJson("events", { ...query, limit: Math.min(page, most - items.length), cursor }, signal);
    items.push(...answer.items);
    cursor = answer.next;
  } while (cursor && items.length < most);
  return { items, complete: !cursor };
}
