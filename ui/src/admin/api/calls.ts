/**
 * The administration's requests by name. One line each: address, body, answer. Lists are in `lists.ts`.
 */
import type {
  ActionAnswer,
  AnnouncementAnswer,
  BanAnswer,
  BanPreview,
  ChangedUserAnswer,
  CountAnswer,
  FaceList,
  LoadTestAnswer,
  LoadTestBody,
  LoadTestDetail,
  MeAnswer,
  MuteAnswer,
  NoteAnswer,
  PersonRef,
  RecordAnswer,
  ReportAnswer,
  ReportStatus,
  SanctionKind,
  SessionAnswer,
  SettingsAnswer,
  UserPatch,
} from "../contract";
import type { Api } from "./client";

/** `null`: for good. */
export type Minutes = number | null;

const at = encodeURIComponent;

export const me = (api: Api) => api.get<MeAnswer>("/admin/me");

/** Unlike `me` no error for a stranger: a browser would write that into its console. */
export const isSignedIn = async (api: Api) => (await api.get<SessionAnswer>("/auth/session")).user !== null;

export const record = (api: Api, { kind, subject }: PersonRef, signal?: AbortSignal) =>
  api.get<RecordAnswer>(`/admin/people/${kind}/${at(subject)}`, undefined, signal);

export const faces = (api: Api, people: readonly PersonRef[]) =>
  api.get<FaceList>("/admin/faces", {
    people: people.map(({ kind, subject }) => `${kind}:${subject}`).join(","),
  });

export const kick = (api: Api, id: string, reason: string) =>
  api.post<ActionAnswer>(`/admin/sessions/${at(id)}/kick`, given({ reason }));

export const kickAll = (api: Api, reason: string) =>
  api.post<CountAnswer>("/admin/kick-all", given({ reason }));

export const warn = (api: Api, id: string, message: string) =>
  api.post<ActionAnswer>(`/admin/sessions/${at(id)}/warn`, { message });

export const muteSession = (api: Api, id: string, reason: string, minutes: Minutes) =>
  api.post<MuteAnswer>(`/admin/sessions/${at(id)}/mute`, { ...given({ reason }), minutes });

export const mutePerson = (api: Api, person: PersonRef, reason: string, minutes: Minutes) =>
  api.post<MuteAnswer>("/admin/mutes", { ...person, ...given({ reason }), minutes });

export const unmute = (api: Api, id: string) => api.delete(`/admin/mutes/${at(id)}`);

export const banPreview = (api: Api, id: string, signal?: AbortSignal) =>
  api.get<BanPreview>(`/admin/sessions/${at(id)}/ban-preview`, undefined, signal);

export interface BanOrder {
  readonly sessionId?: string;
  readonly what?: readonly SanctionKind[];
  readonly subjects?: readonly { readonly kind: SanctionKind; readonly subject: string }[];
  readonly reason: string;
  readonly minutes: Minutes;
}

export const ban = (api: Api, { reason, ...order }: BanOrder) =>
  api.post<BanAnswer>("/admin/bans", { ...order, ...given({ reason }) });

export const unban = (api: Api, id: string) => api.delete(`/admin/bans/${at(id)}`);

export const announce = (api: Api, message: string) =>
  api.post<AnnouncementAnswer>("/admin/announcements", { message });

export const removeMessage = (api: Api, id: string) =>
  api.delete<ActionAnswer | undefined>(`/admin/messages/${at(id)}`);

export const restoreMessage = (api: Api, id: string) =>
  api.post<ActionAnswer | undefined>(`/admin/messages/${at(id)}/restore`);

export const closeReport = (api: Api, id: string, status: ReportStatus, note: string) =>
  api.patch<ReportAnswer>(`/admin/reports/${at(id)}`, { status, ...given({ note }) });

export const addNote = (api: Api, { kind, subject }: PersonRef, text: string) =>
  api.post<NoteAnswer>(`/admin/people/${kind}/${at(subject)}/notes`, { text });

export const removeNote = (api: Api, id: string) => api.delete(`/admin/notes/${at(id)}`);

export const undo = (api: Api, actionId: string) =>
  api.post<ActionAnswer>(`/admin/audit/${at(actionId)}/undo`);

export interface NewUser {
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly role: string;
}

export const addUser = (api: Api, user: NewUser) => api.post<ChangedUserAnswer>("/admin/users", user);

export const changeUser = (api: Api, id: string, patch: UserPatch) =>
  api.patch<ChangedUserAnswer>(`/admin/users/${at(id)}`, patch);

export const removeUser = (api: Api, id: string) => api.delete(`/admin/users/${at(id)}`);

export const resetPassword = (api: Api, id: string, password: string) =>
  api.post(`/admin/users/${at(id)}/password`, { password });

export const settings = (api: Api, signal?: AbortSignal) =>
  api.get<SettingsAnswer>("/admin/settings", undefined, signal);

export const changeSettings = (
  api: Api,
  values: Readonly<Record<string, string | number | boolean | null>>,
) => api.patch<SettingsAnswer>("/admin/settings", { values });

export const startLoadTest = (api: Api, plan: LoadTestBody) =>
  api.post<LoadTestAnswer>("/admin/load-tests", plan);

export const stopLoadTest = (api: Api, id: string) =>
  api.post<LoadTestAnswer>(`/admin/load-tests/${at(id)}/stop`);

export const loadTest = (api: Api, id: string, signal?: AbortSignal) =>
  api.get<LoadTestDetail>(`/admin/load-tests/${at(id)}`, undefined, signal);

export const removeLoadTest = (api: Api, id: string) => api.delete(`/admin/load-tests/${at(id)}`);

/** An empty reason is none. */
function given<K extends string>(texts: Readonly<Record<K, string>>): Partial<Record<K, string>> {
  const filled = Object.entries<string>(texts).filter(([, text]) => text.trim() !== "");
  return Object.fromEntries(filled) as Partial<Record<K, string>>;
}
