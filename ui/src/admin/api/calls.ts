/**
 * The administration's requests by name. Address, body and answer are those of the declaration of that name; here stands
 * what a page has in hand. Lists are in `lists.ts`, files in `files.ts`.
 */
import type { BodyOf } from "@comutiny/client/contract";
import type { HistoryRange, PersonRef, ReportStatus } from "../contract";
import type { Api } from "./client";

/** `null`: for good. */
export type Minutes = number | null;

export const me = (api: Api) => api.call("me");

/** Unlike `me` no error for a stranger: a browser would write that into its console. */
export const isSignedIn = async (api: Api) => (await api.call("session")).user !== null;

export const logIn = (api: Api, body: BodyOf<"logIn">) => api.call("logIn", { body });

export const logOut = (api: Api) => api.call("logOut");

/** With it the player page is entered as the caller; good once. */
export const worldTicket = (api: Api) => api.call("worldTicket");

/** The first host, by the token of the setup link. */
export const setUp = (api: Api, body: BodyOf<"setUp">) => api.call("setUp", { body });

export const invite = (api: Api, signal?: AbortSignal) => api.call("invite", { signal });

export const record = (api: Api, { kind, subject }: PersonRef, signal?: AbortSignal) =>
  api.call("record", { path: { kind, subject }, signal });

/** How the world was over the last hour, day or week. */
export const history = (api: Api, range: HistoryRange, signal?: AbortSignal) =>
  api.call("history", { query: { range }, signal });

/** What was said before an act, by the act's id. */
export const evidence = (api: Api, act: string, signal?: AbortSignal) =>
  api.call("evidence", { path: { act }, signal });

export const faces = (api: Api, people: readonly PersonRef[]) =>
  api.call("faces", {
    query: { people: people.map(({ kind, subject }) => `${kind}:${subject}`).join(",") },
  });

export const kick = (api: Api, id: string, reason: string) =>
  api.call("kick", { path: { id }, body: given({ reason }) });

export const kickAll = (api: Api, reason: string) => api.call("kickAll", { body: given({ reason }) });

export const warn = (api: Api, id: string, message: string) =>
  api.call("warn", { path: { id }, body: { message } });

/** Everybody reads a held line. */
export const allowLine = (api: Api, id: string) => api.call("allowLine", { path: { id } });

/** Nobody reads a held line. */
export const refuseLine = (api: Api, id: string) => api.call("refuseLine", { path: { id } });

/** What a word list would find in a text. */
export const tryWords = (api: Api, body: BodyOf<"tryWords">, signal?: AbortSignal) =>
  api.call("tryWords", { body, signal });

/** A word to one player alone. */
export const tell = (api: Api, id: string, message: string) =>
  api.call("tell", { path: { id }, body: { message } });

export const muteSession = (api: Api, id: string, reason: string, minutes: Minutes) =>
  api.call("muteSession", { path: { id }, body: { ...given({ reason }), minutes } });

export const mutePerson = (api: Api, person: PersonRef, reason: string, minutes: Minutes) =>
  api.call("mutePerson", { body: { ...person, ...given({ reason }), minutes } });

export const unmute = (api: Api, id: string) => api.call("unmute", { path: { id } });

export const banPreview = (api: Api, id: string, signal?: AbortSignal) =>
  api.call("banPreview", { path: { id }, signal });

export const ban = (api: Api, { reason = "", ...order }: BodyOf<"ban">) =>
  api.call("ban", { body: { ...order, ...given({ reason }) } });

export const unban = (api: Api, id: string) => api.call("unban", { path: { id } });

/** With minutes it stands above the chat for so long. */
export const announce = (api: Api, message: string, pinMinutes: number | null = null) =>
  api.call("announce", { body: { message, ...(pinMinutes !== null && { pinMinutes }) } });

export const unpin = (api: Api) => api.call("unpin", {});

export const removeMessage = (api: Api, id: string) => api.call("removeMessage", { path: { id } });

export const restoreMessage = (api: Api, id: string) => api.call("restoreMessage", { path: { id } });

export const closeReport = (api: Api, id: string, status: ReportStatus, note: string) =>
  api.call("closeReport", { path: { id }, body: { status, ...given({ note }) } });

export const addNote = (api: Api, { kind, subject }: PersonRef, text: string) =>
  api.call("addNote", { path: { kind, subject }, body: { text } });

export const removeNote = (api: Api, id: string) => api.call("removeNote", { path: { id } });

export const undo = (api: Api, actionId: string) => api.call("undo", { path: { id: actionId } });

export const addUser = (api: Api, body: BodyOf<"addUser">) => api.call("addUser", { body });

export const changeUser = (api: Api, id: string, body: BodyOf<"changeUser">) =>
  api.call("changeUser", { path: { id }, body });

export const removeUser = (api: Api, id: string) => api.call("removeUser", { path: { id } });

export const resetPassword = (api: Api, id: string, password: string) =>
  api.call("resetPassword", { path: { id }, body: { password } });

export const services = (api: Api, signal?: AbortSignal) => api.call("services", { signal });

export const addService = (api: Api, body: BodyOf<"addService">) => api.call("addService", { body });

export const revokeService = (api: Api, id: string) => api.call("revokeService", { path: { id } });

export const webhooks = (api: Api, signal?: AbortSignal) => api.call("webhooks", { signal });

export const addWebhook = (api: Api, body: BodyOf<"addWebhook">) => api.call("addWebhook", { body });

export const removeWebhook = (api: Api, id: string) => api.call("removeWebhook", { path: { id } });

export const resumeWebhook = (api: Api, id: string) => api.call("resumeWebhook", { path: { id } });

export const testWebhook = (api: Api, id: string) => api.call("testWebhook", { path: { id } });

export const deliveries = (api: Api, id: string, signal?: AbortSignal) =>
  api.call("deliveries", { path: { id }, signal });

export const uploadSprite = (api: Api, body: BodyOf<"uploadSprite">) => api.call("uploadSprite", { body });

export const previewSprite = (api: Api, body: BodyOf<"previewSprite">) => api.call("previewSprite", { body });

export const generateSprite = (api: Api, body: BodyOf<"generateSprite">) =>
  api.call("generateSprite", { body });

export const changeSprite = (api: Api, id: string, body: BodyOf<"changeSprite">) =>
  api.call("changeSprite", { path: { id }, body });

export const removeSprite = (api: Api, id: string) => api.call("removeSprite", { path: { id } });

export const settings = (api: Api, signal?: AbortSignal) => api.call("settings", { signal });

export const changeSettings = (api: Api, values: BodyOf<"changeSettings">["values"]) =>
  api.call("changeSettings", { body: { values } });

export const startLoadTest = (api: Api, body: BodyOf<"startLoadTest">) => api.call("startLoadTest", { body });

export const stopLoadTest = (api: Api, id: string) => api.call("stopLoadTest", { path: { id } });

export const loadTest = (api: Api, id: string, signal?: AbortSignal) =>
  api.call("loadTest", { path: { id }, signal });

export const removeLoadTest = (api: Api, id: string) => api.call("removeLoadTest", { path: { id } });

/** An empty reason is none. */
function given<K extends string>(texts: Readonly<Record<K, string>>): Partial<Record<K, string>> {
  const filled = Object.entries<string>(texts).filter(([, text]) => text.trim() !== "");
  return Object.fromEntries(filled) as Partial<Record<K, string>>;
}
