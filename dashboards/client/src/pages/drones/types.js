// Event types of the drones' tasks, and their payloads as the page reads them.
export const RESULT = "sensing.drone.result.v1";
export const QOS = "sensing.drone.qos.v1";

/** All of them. */
export const TYPES = [RESULT, QOS];

/**
 * Payload of sensing.drone.qos.v1: how one edge served its drones in a period that ends at the event's time.
 * @typedef {object} Qos
 * @property {number} periodSeconds
 * @property {string} policy
 * @property {string[]} drones
 * @property {number} arrived
 * @property {number} done
 * @property {number} late ended after the deadline, or without a result
 * @property {number} dropped
 * @property {number} completion share, 0 to 1
 * @property {number} utility
 * @property {number|null} [bound] absent where it has not been computed
 * @property {number} qoe bonus of the windows that ended in the period
 * @property {number} qoeMost
 * @property {number} windowSeconds
 * @property {number} windowRate share, 0 to 1
 * @property {number} promised tasks that the edge started
 * @property {number} kept of these, done by the deadline
 * @property {number} sharedRuns
 * @property {number|null} [decisionMs] the 99th percentile
 * @property {number|null} [linkMbits] absent where nothing was sent
 * @property {string|null} [cloud] Reachable, Tried or HeldBack; absent without a cloud
 * @property {TypeQos[]} types
 */

/**
 * One task type in one period.
 * @typedef {object} TypeQos
 * @property {string} type
 * @property {string} summary
 * @property {number} arrived
 * @property {number} done
 * @property {number} late ended after the deadline
 * @property {number} failed ran and brought no result
 * @property {number} dropped
 * @property {number} stolen
 * @property {number} migrated
 * @property {number} edgeShare share, 0 to 1
 * @property {number} cloudShare share, 0 to 1
 * @property {number} utility
 * @property {number} deadlineMs
 * @property {number|null} [edgeSeenMs] the 95th percentile, as all below
 * @property {number|null} [edgeBelievedMs]
 * @property {number|null} [cloudSeenMs]
 * @property {number|null} [cloudBelievedMs]
 * @property {number|null} [windowCompletion] of the last window that has ended; absent before the first
 * @property {number|null} [windowBonus] 0 where the window's share was not reached
 * @property {{variant: string, share: number, edgeMs?: number|null}[]} variants shares of the edge's runs
 */

/**
 * Payload of sensing.drone.result.v1: a segment whose tasks have all ended.
 * @typedef {object} Result
 * @property {string} drone
 * @property {number} segment
 * @property {number} width
 * @property {number} height
 * @property {TaskReport[]} tasks
 * @property {Person[]} persons best first
 * @property {number|null} [crowd] persons counted
 * @property {string|null} [nearestObject]
 * @property {number|null} [nearestObjectM]
 * @property {string|null} [jpeg] base64
 */

/**
 * @typedef {object} TaskReport
 * @property {string} type
 * @property {string} fate Done, Late, Failed or Dropped
 * @property {string} place None, Edge or Cloud
 * @property {string|null} [variant]
 * @property {number} latencyMs
 * @property {number} deadlineMs
 * @property {number|null} [ranMs]
 * @property {boolean} stolen
 * @property {boolean} migrated
 * @property {number} utility
 * @property {string|null} [problem]
 */

/**
 * A person in a picture; what no task asked is absent.
 * @typedef {object} Person
 * @property {number} left pixels of the camera's picture, as the others
 * @property {number} top
 * @property {number} right
 * @property {number} bottom
 * @property {number} score share, 0 to 1
 * @property {boolean|null} [vest]
 * @property {string|null} [mask] NoFaceVisible, NoMask or Mask
 * @property {number|null} [distanceM]
 * @property {number[]|null} [pose] x, y and score, 17 times, in the order of COCO
 */

/** @template [Data=any] @typedef {import("@sensing/client/core/api.js").SensingEvent<Data>} SensingEvent */
/** @template Data @typedef {{time: number, data: Data}} Timed time: ms */
