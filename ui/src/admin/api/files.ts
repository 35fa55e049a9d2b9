/** What the server hands out as a file. */
import type { QueryOf } from "@comutiny/client/contract";
import type { Api } from "./client";

export const exportMessages = (api: Api, query: QueryOf<"exportMessages">) =>
  api.file("exportMessages", { query });

export const exportAudit = (api: Api, query: QueryOf<"exportAudit">) => api.file("exportAudit", { query });

export const exportLogs = (api: Api, query: QueryOf<"exportLogs"> = {}) => api.file("exportLogs", { query });

export const exportLoadTest = (api: Api, id: string, query: QueryOf<"exportLoadTest">) =>
  api.file("exportLoadTest", { path: { id }, query });
