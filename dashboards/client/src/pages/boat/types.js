// Event types of the marine pipelines, and their payloads as the page reads them.
export const ENCOUNTER = "sensing.marine.encounter.v1";
export const TARGET = "sensing.marine.target.v1";
export const OWN_SHIP = "sensing.marine.own-ship.v1";
export const IMPACT = "sensing.marine.impact.v1";
export const MODEL = "sensing.marine.model.v1";

/** All of them. */
export const TYPES = [ENCOUNTER, TARGET, OWN_SHIP, IMPACT, MODEL];

/** Types of the watch. */
export const WATCH_TYPES = [ENCOUNTER, TARGET, OWN_SHIP];

/** @typedef {"none"|"warning"|"alarm"} Level */

/**
 * Payload of sensing.marine.own-ship.v1.
 * @typedef {object} OwnShip
 * @property {number} [mmsi]
 * @property {number} [latitude] degrees north
 * @property {number} [longitude] degrees east
 * @property {number} [speedKn]
 * @property {number} [courseDeg] degrees true
 * @property {number} [headingDeg] degrees true
 * @property {number} [turnDegMin] positive to starboard
 * @property {number} status as AIS numbers it
 * @property {number} targets
 * @property {number} alerts
 * @property {number} [guardZoneM]
 * @property {number} [warningCpaM]
 * @property {number} [alarmCpaM]
 */

/**
 * Payload of sensing.marine.target.v1.
 * @typedef {object} Target
 * @property {string} target
 * @property {string} [name]
 * @property {string} [callSign]
 * @property {string} kind
 * @property {string} state unconfirmed, confirmed, lost or removed
 * @property {number} [shipType]
 * @property {number} [lengthM]
 * @property {number} status
 * @property {number} [latitude]
 * @property {number} [longitude]
 * @property {number} [speedKn]
 * @property {number} [courseDeg]
 * @property {number} [headingDeg]
 * @property {number} ageSeconds
 * @property {boolean} onRadar
 * @property {number} [rangeM]
 * @property {number} [bearingDeg]
 * @property {number} [cpaM]
 * @property {number} [cpaErrorM]
 * @property {number} [tcpaSeconds]
 * @property {number} [bowCrossingM]
 * @property {number} [bowCrossingSeconds]
 * @property {string} class
 * @property {Level} level
 * @property {number} rank
 */

/**
 * Payload of sensing.marine.encounter.v1.
 * @typedef {object} Encounter
 * @property {string} target
 * @property {string} [name]
 * @property {string} [kind] absent for the anchor watch
 * @property {string} class
 * @property {string} duty
 * @property {string} advice
 * @property {Level} level
 * @property {string} reason
 * @property {boolean} acknowledged
 * @property {number} [cpaM]
 * @property {number} [cpaErrorM]
 * @property {number} [tcpaSeconds]
 * @property {number} [tcpaErrorSeconds]
 * @property {number} [rangeM]
 * @property {number} [bearingDeg]
 * @property {number} [bowCrossingM]
 * @property {number} [bowCrossingSeconds]
 */

/**
 * The motion about an impact, at even intervals.
 * @typedef {object} ImpactTrace
 * @property {number} firstSeconds of the first value, after the event's time
 * @property {number} stepSeconds
 * @property {number[]} surgeMs2 ahead
 * @property {number[]} swayMs2 to starboard
 * @property {number[]} heaveMs2 down
 * @property {number[]} [yawDegS]
 */

/**
 * Payload of sensing.marine.impact.v1: first the alarm, then the record with the same number.
 * @typedef {object} Impact
 * @property {number} number
 * @property {boolean} complete
 * @property {string} class
 * @property {number} impactProbability
 * @property {{class: string, probability: number}[]} [probabilities]
 * @property {number} peakMs2
 * @property {number} jerkMs3
 * @property {number} deltaVMs
 * @property {number} directionDeg from own bow, positive to starboard
 * @property {number} decidedAfterMs
 * @property {string} model
 * @property {ImpactTrace} [trace]
 */

/**
 * Payload of sensing.marine.model.v1.
 * @typedef {object} Model
 * @property {string} model
 * @property {string} version
 * @property {string} digest
 * @property {string} state in-use, shadow, rejected, reverted or refused
 * @property {string} inUse
 * @property {number} windows
 * @property {number} [agreement]
 * @property {string} reason
 */

/** @template [Data=any] @typedef {import("@sensing/client/core/api.js").SensingEvent<Data>} SensingEvent */
