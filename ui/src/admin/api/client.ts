/**
 * REST calls to the server. Every failure is an `ApiProblem` with a sentence a person can read.
 *
 * It knows addresses, credentials and errors, and no view. This page is served by the very server it talks to, so an
 * answer of 200 is believed to have the contract's shape; that belief is stated here, once.
 */
import type { Platform } from "../../platform";

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What went wrong, as the server put it, or in this page's words when nothing came back. */
export class ApiProblem extends Error {
  constructor(
    message: string,
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    /** kebab-case; `unreachable` when no answer came. */
    readonly code: string,
    /** Sentences by field, where a form was refused. */
    readonly fields: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = "ApiProblem";
  }
}

/** Unlike a wrong password, which is a 401 as well. */
const NOT_LOGGED_IN = "not-logged-in";

/** What keeps an account out, as the server knows it. */
export interface ClosedDoor {
  /** What the moderator wrote; empty when that was nothing. */
  readonly reason: string;
  /** ISO 8601; `null` for good. */
  readonly until: string | null;
}

/** Refusals of an account that is kept out. */
const CLOSED: ReadonlySet<string> = new Set(["banned", "suspended"]);

export interface ApiOptions {
  readonly platform: Pick<Platform, "gateway" | "sessionToken">;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Said when no answer came. */
  readonly unreachable: () => string;
  /** Said to who is kept out: why, and until when. */
  readonly closed: (door: ClosedDoor) => string;
}

export class Api {
  private readonly signedOut = new Set<() => void>();

  constructor(private readonly options: ApiOptions) {}

  /** Runs when an answer says that nobody is signed in any more. The answer ends that. */
  onSignedOut(listener: () => void): () => void {
    this.signedOut.add(listener);
    return () => this.signedOut.delete(listener);
  }

  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
    return this.json<T>("GET", path + queryText(query), undefined, signal);
  }

  post<T>(path: string, body: object = {}): Promise<T> {
    return this.json<T>("POST", path, body);
  }

  patch<T>(path: string, body: object): Promise<T> {
    return this.json<T>("PATCH", path, body);
  }

  delete<T = void>(path: string): Promise<T> {
    return this.json<T>("DELETE", path);
  }

  /** A file: an export, or a picture. */
  async file(path: string, query?: Query): Promise<Blob> {
    return (await this.ask("GET", path + queryText(query))).blob();
  }

  private async json<T>(method: string, path: string, body?: object, signal?: AbortSignal): Promise<T> {
    const response = await this.ask(method, path, body, signal);
    const text = await response.text();
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }

  private async ask(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Response> {
    const token = this.options.platform.sessionToken();
    let response: Response;
    try {
      response = await this.options.fetch(this.options.platform.gateway() + path, {
        method,
        credentials: token === null ? "same-origin" : "omit",
        headers: {
          Accept: "application/json",
          ...(body && { "Content-Type": "application/json" }),
          ...(token !== null && { Authorization: `Bearer ${token}` }),
        },
        ...(body && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new ApiProblem(this.options.unreachable(), 0, "unreachable");
    }
    if (response.ok) return response;
    const problem = problemOf(response.status, await response.text(), this.options);
    if (problem.code === NOT_LOGGED_IN) for (const tell of this.signedOut) tell();
    throw problem;
  }
}

/** Leaves out what is `null`, `undefined` or empty. */
export function queryText(query: Query = {}): string {
  const given = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  if (given.length === 0) return "";
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/** An answer that is no error of ours, such as a proxy's page, counts as no answer. */
export function problemOf(
  status: number,
  body: string,
  { unreachable, closed }: Pick<ApiOptions, "unreachable" | "closed">,
): ApiProblem {
  const fields = parse(body);
  const text = (key: string): string | undefined => {
    const value = fields?.[key];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const code = text("code") ?? "unreachable";
  const message = CLOSED.has(code)
    ? closed({ reason: text("reason") ?? "", until: text("until") ?? null })
    : (text("message") ?? unreachable());
  return new ApiProblem(message, status, code, sentences(fields?.fields));
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function sentences(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, sentence]) => typeof sentence === "string"));
}

/** The sentence of any failure. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
