/**
 * REST calls to the server. Every failure is an `ApiProblem` with a sentence a person can read.
 *
 * It knows addresses, credentials and errors, and no view. This page is served by the very server it talks to, so an
 * answer of 200 is believed to have the contract's shape; that belief is stated here, once.
 */

import { pathOf } from "@comutiny/client";
import type { AdminCallName, AnswerOf, BodyOf, CallName, PathOf, QueryOf } from "@comutiny/client/contract";
import { ADMIN_ROUTES, ROUTES } from "@comutiny/client/declarations";
import type { Platform } from "../../platform";

const ADDRESSES = { ...ROUTES, ...ADMIN_ROUTES };

type Name = CallName | AdminCallName;
/** Calls whose answer is a file. */
type FileName = { [N in Name]: AnswerOf<N> extends Blob ? N : never }[Name];

type Part<Key extends string, Value> = Value extends undefined ? unknown : { readonly [K in Key]: Value };
/** What a call needs, as its declaration says. */
export type Given<N extends Name> = Part<"path", PathOf<N>> &
  Part<"body", BodyOf<N>> & {
    readonly query?: Query<N>;
    readonly signal?: AbortSignal | undefined;
  };
type Arguments<N extends Name> = Record<never, never> extends Given<N> ? [Given<N>?] : [Given<N>];

export type Query<N extends Name> = QueryOf<N>;

/** What a call was given, whichever it is. */
interface AnyGiven {
  readonly path?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly query?: QueryValues;
  readonly signal?: AbortSignal | undefined;
}
type QueryValues = Readonly<Record<string, string | number | boolean | null | undefined>>;

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
export interface Exclusion {
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
  /** A refusal in the words of the page, by its code and the sentence of the server. */
  readonly words: (code: string, sentence: string) => string;
  /** Said to who is kept out: why, and until when. */
  readonly closed: (exclusion: Exclusion) => string;
}

export class Api {
  private readonly signedOut = new Set<() => void>();

  constructor(private readonly options: ApiOptions) {}

  /** Runs when an answer says that nobody is signed in any more. The answer ends that. */
  onSignedOut(listener: () => void): () => void {
    this.signedOut.add(listener);
    return () => this.signedOut.delete(listener);
  }

  /** Asks what the declaration of that name says, and believes that the answer has the declared shape. */
  async call<N extends Name>(name: N, ...[given]: Arguments<N>): Promise<AnswerOf<N>> {
    const text = await (await this.ask(name, given as AnyGiven)).text();
    return (text === "" ? undefined : JSON.parse(text)) as AnswerOf<N>;
  }

  /** A file: an export, or a picture. */
  async file<N extends FileName>(name: N, ...[given]: Arguments<N>): Promise<Blob> {
    return (await this.ask(name, given as AnyGiven)).blob();
  }

  private async ask(name: Name, { path, body: asked, query, signal }: AnyGiven = {}): Promise<Response> {
    const address = ADDRESSES[name];
    const { method } = address;
    // Every POST has a body, if only an empty one.
    const body = asked ?? (method === "POST" ? {} : undefined);
    const token = this.options.platform.sessionToken();
    let response: Response;
    try {
      response = await this.options.fetch(
        this.options.platform.gateway() + pathOf(address, path) + queryText(query),
        {
          method,
          credentials: token === null ? "same-origin" : "omit",
          headers: {
            Accept: "application/json",
            ...(body && { "Content-Type": "application/json" }),
            ...(token !== null && { Authorization: `Bearer ${token}` }),
          },
          ...(body && { body: JSON.stringify(body) }),
          ...(signal && { signal }),
        },
      );
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
export function queryText(query: QueryValues = {}): string {
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
  { unreachable, closed, words }: Pick<ApiOptions, "unreachable" | "closed" | "words">,
): ApiProblem {
  const fields = parse(body);
  const text = (key: string): string | undefined => {
    const value = fields?.[key];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const code = text("code") ?? "unreachable";
  const said = text("message");
  const message = CLOSED.has(code)
    ? closed({ reason: text("reason") ?? "", until: text("until") ?? null })
    : said === undefined
      ? unreachable()
      : words(code, said);
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
