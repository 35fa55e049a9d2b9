/**
 * A client for worlds of CoMutiNy, for browsers and Node. It knows the contract and no page.
 *
 * {@link enterWorld} is the short way in, for bots; {@link Session} the long one, for pages that show a person what happens.
 *
 * @module
 */

export { PROTOCOL } from "../contract/generated/contract.js";
export type * from "../contract/index.js";
export { waitBeforeAttempt } from "./backoff.js";
export { isBot } from "./bot.js";
export { type Address, pathOf } from "./call-address.js";
export type { PassingEvent, WorldEvent } from "./feed.js";
export { type Fields, fieldsOf, own } from "./fields.js";
export { type GatewaySources, gatewayAddress } from "./gateway-address.js";
export { Identity, randomId } from "./identity.js";
export {
  extendTrack,
  groundDistance,
  type Sampled,
  sampleTrack,
  type TimedPosition,
  type Track,
} from "./interpolation.js";
export { browserStorage, type KeptValues } from "./kept-values.js";
export { NO_SPRITES, parseAccount, parseAvatarLook } from "./parse.js";
export { REAL_TIME } from "./real-time.js";
export { RefusedError } from "./refused-error.js";
export type { Outcome, PayloadOf, PlainRequest } from "./requests.js";
export { type Answer, type Fetch, type GuestProof, Rest } from "./rest.js";
export { Session } from "./session.js";
export type { SessionListener, SessionParts } from "./session-parts.js";
export type { Presence, SessionState } from "./session-state.js";
export { SOCKET_OPTIONS, Transports } from "./transports.js";
export type { Scheduler } from "./update-throttle.js";
export { openWire, type Wire } from "./wire.js";
export {
  enterWorld,
  WorldClient,
  type WorldClientEvents,
  type WorldClientOptions,
  watchWorld,
} from "./world-client.js";
export {
  CHAT_LINES_KEPT,
  EMPTY_MIRROR,
  headCount,
  type MirrorEvent,
  type WorldMirror,
} from "./world-context.js";
