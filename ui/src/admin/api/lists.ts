/** Lists REST keeps, page by page. */
import type { AnswerOf, QueryOf } from "@comutiny/client/contract";
import type { Api } from "./client";

type Listed =
  | "audit"
  | "bans"
  | "loadTests"
  | "logs"
  | "messages"
  | "mutes"
  | "reports"
  | "sprites"
  | "users"
  | "visits";

type Get<N extends Listed> = (api: Api, query: QueryOf<N>, signal?: AbortSignal) => Promise<AnswerOf<N>>;

export const messages: Get<"messages"> = (api, query, signal) => api.call("messages", { query, signal });
export const reports: Get<"reports"> = (api, query, signal) => api.call("reports", { query, signal });
export const bans: Get<"bans"> = (api, query, signal) => api.call("bans", { query, signal });
export const mutes: Get<"mutes"> = (api, query, signal) => api.call("mutes", { query, signal });
export const audit: Get<"audit"> = (api, query, signal) => api.call("audit", { query, signal });
export const users: Get<"users"> = (api, query, signal) => api.call("users", { query, signal });
export const sprites: Get<"sprites"> = (api, query, signal) => api.call("sprites", { query, signal });
export const logs: Get<"logs"> = (api, query, signal) => api.call("logs", { query, signal });
export const loadTests: Get<"loadTests"> = (api, query, signal) => api.call("loadTests", { query, signal });
export const visits: Get<"visits"> = (api, query, signal) => api.call("visits", { query, signal });
