// Event types of the traffic pipeline, and their payloads as the page reads them.
export const APPROACH = "sensing.traffic.approach.v1";
export const COUNT = "sensing.traffic.count.v1";
export const ALARM = "sensing.traffic.alarm.v1";
export const EMERGENCY = "sensing.traffic.emergency.v1";
export const PLAN = "sensing.traffic.signal-plan.v1";
export const FAULT = "sensing.traffic.camera-fault.v1";
export const SNAPSHOT = "sensing.traffic.snapshot.v1";

/** All of them. */
export const TYPES = [APPROACH, COUNT, ALARM, EMERGENCY, PLAN, FAULT, SNAPSHOT];

/** Types that come from a camera. */
export const CAMERA_TYPES = [APPROACH, COUNT, ALARM, EMERGENCY, FAULT, SNAPSHOT];

/**
 * What is reported of a lane, and of an approach as a whole.
 * @typedef {object} Measures
 * @property {number} index occupied share of the road, 0 to 1, smoothed
 * @property {number} indexRaw the same at the event's time
 * @property {string} level free, slow, congested or jammed
 * @property {number} vehicles
 * @property {number} passed
 * @property {number} densityPerKmLane
 * @property {number|null} [meanSpeedKmh]
 * @property {number|null} [speedStandardErrorKmh]
 * @property {number} queueM
 */

/**
 * Payload of sensing.traffic.approach.v1.
 * @typedef {object} ApproachFields
 * @property {string} approach
 * @property {string} levelOfService A to F
 * @property {number} quality 0 to 1
 * @property {string|string[]|null} [qualityReason] why it is below 1
 * @property {(Measures & {lane: number})[]} lanes
 */
/** @typedef {Measures & ApproachFields} ApproachState */

/**
 * Payload of sensing.traffic.count.v1; the event's time is the window's end.
 * @typedef {object} VehicleCount
 * @property {string} approach
 * @property {number} windowMinutes
 * @property {number} observedSeconds
 * @property {number} count
 * @property {number} flowPerHour
 * @property {number|null} [meanSpeedKmh]
 * @property {{direction: string, lane: number, class: string, count: number}[]} lanes
 * @property {{from: string, to: string, class: string, count: number}[]} [movements]
 */

/**
 * Payload of sensing.traffic.signal-plan.v1.
 * @typedef {object} SignalPlan
 * @property {string} junction
 * @property {string} phase
 * @property {string|null} [nextPhase]
 * @property {string} stage green, yellow or allRed
 * @property {number} elapsedSeconds
 * @property {string} mode
 * @property {string} reason
 * @property {string|null} [fallback]
 * @property {{group: string, aspect: string}[]} groups
 * @property {PlanChange[]} next
 */

/**
 * @typedef {object} PlanChange
 * @property {number} inSeconds after the event's time
 * @property {string} stage
 * @property {string|null} [phase]
 * @property {string} certainty certain, earliest or latest
 */

/**
 * Payload of sensing.traffic.snapshot.v1.
 * @typedef {object} Snapshot
 * @property {string} approach
 * @property {number} width
 * @property {number} height
 * @property {string} jpeg base64
 */

/** @template [Data=any] @typedef {import("@sensing/client/core/api.js").SensingEvent<Data>} SensingEvent */
