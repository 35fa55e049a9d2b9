/**
 * The SDK's public surface: a framework-free client for a CoMutiNy world. It knows the contract and no page.
 */
export { waitBeforeAttempt } from "./backoff";
export { isBot } from "./bot";
export { pathOf } from "./call-address";
export { fieldsOf, own } from "./fields";
export { gatewayAddress } from "./gateway-address";
export { Identity, randomId } from "./identity";
export { extendTrack, groundDistance, type Sampled, sampleTrack, type Track } from "./interpolation";
export { browserStorage, type KeptValues } from "./kept-values";
export { NO_SPRITES, parseAccount, parseAvatarLook } from "./parse";
export type { Outcome } from "./requests";
export { type Answer, type GuestProof, Rest } from "./rest";
export { Session } from "./session";
export type { Presence, SessionState } from "./session-state";
export { SOCKET_OPTIONS, Transports } from "./transports";
export type { Scheduler } from "./update-throttle";
export { openWire, type Wire } from "./wire";
export { CHAT_LINES_KEPT, EMPTY_MIRROR, headCount, type WorldEvent, type WorldMirror } from "./world-context";
