/** Lists REST keeps, page by page. */
import type {
  ActionList,
  BanList,
  LoadTestList,
  LogList,
  MessageList,
  MuteList,
  ReportList,
  SpriteList,
  UserList,
} from "../contract";
import type { Api, Query } from "./client";

type Get<T> = (api: Api, query: Query, signal?: AbortSignal) => Promise<T>;

export const messages: Get<MessageList> = (api, query, signal) => api.get("/admin/messages", query, signal);
export const reports: Get<ReportList> = (api, query, signal) => api.get("/admin/reports", query, signal);
export const bans: Get<BanList> = (api, query, signal) => api.get("/admin/bans", query, signal);
export const mutes: Get<MuteList> = (api, query, signal) => api.get("/admin/mutes", query, signal);
export const audit: Get<ActionList> = (api, query, signal) => api.get("/admin/audit", query, signal);
export const users: Get<UserList> = (api, query, signal) => api.get("/admin/users", query, signal);
export const sprites: Get<SpriteList> = (api, query, signal) =>
  api.get("/admin/assets/sprites", query, signal);
export const logs: Get<LogList> = (api, query, signal) => api.get("/admin/logs", query, signal);
export const loadTests: Get<LoadTestList> = (api, query, signal) =>
  api.get("/admin/load-tests", query, signal);
