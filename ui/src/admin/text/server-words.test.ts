import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { byLanguage, type Dictionary, LANGUAGE_CODES } from "../../languages";
import { admin as english } from "../../languages/en/admin";
import { ADMIN_REFUSALS } from "../contract";
import { isKnownRefusal, recognise } from "./server-words";

const SERVER = join(import.meta.dirname, "../../../../server-core");

const ADMIN = byLanguage(
  import.meta.glob<Dictionary<typeof english>>("../../languages/*/admin.ts", {
    eager: true,
    import: "admin",
  }),
);

/** Every file of the server's REST interface, as one text without its tests. */
function sources(folder: string): string {
  return readdirSync(join(SERVER, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".rs") && !/test/.test(path))
    .map((path) => readFileSync(join(SERVER, folder, path), "utf8"))
    .map((text) => text.split("#[cfg(test)]")[0] ?? "")
    .join("\n");
}

/** Codes as REST errors are made of them. */
function restCodes(): string[] {
  const text = ["src/request", "src/http", "src/gateway"].map(sources).join("\n");
  const made = [
    /(?:ApiError|Self)::(?:bad_request|forbidden|conflict)\(\s*"([a-z-]+)"/g,
    /(?:ApiError|Self)::new\(\s*StatusCode::\w+,\s*"([a-z-]+)"/g,
    /\bcode: "([a-z-]+)"/g,
  ];
  return made.flatMap((pattern) => [...text.matchAll(pattern)].map(([, code]) => code ?? ""));
}

/** Said by no page of ours: what keeps somebody out has sentences of its own. */
const APART = ["banned", "suspended"];

test("every refusal the server makes has words in every language", () => {
  const codes = new Set([...restCodes(), ...Object.keys(ADMIN_REFUSALS)]);
  expect(codes.size).toBeGreaterThan(30);
  expect([...codes].filter((code) => !isKnownRefusal(code) && !APART.includes(code))).toEqual([]);
});

test("every reason why nodes are apart is known by what the server writes", () => {
  const text = readFileSync(join(SERVER, "crates/replication/src/redis/error.rs"), "utf8");
  const reasons = [...text.matchAll(/#\[error\(\s*"([^"]+)"\s*\)\]/g)].map(([, reason]) => reason ?? "");
  expect(reasons.length).toBeGreaterThan(10);
  const said = reasons.map((reason) =>
    reason.replaceAll("{{", "{").replaceAll("}}", "}").replaceAll("{0}", "x"),
  );
  expect(said.filter((reason) => recognise(reason) === null)).toEqual([]);
});

/** What matches in a file of the server, without the strings' line breaks. */
function written(path: string, pattern: RegExp): string[] {
  const [code = ""] = readFileSync(join(SERVER, path), "utf8").split("#[cfg(test)]");
  const text = code.replaceAll(/\\\n\s*/g, "");
  return [...text.matchAll(pattern)].map(([, sentence]) => sentence ?? "");
}

test("whatever is not there, or no more, is said in every language", () => {
  const plain = [...sources("src/http").matchAll(/not_found\("([^"]+)"\)/g)].map(
    ([, sentence]) => sentence ?? "",
  );
  const ofActions = written("src/http/admin/refuse.rs", /(?:"[a-z]+"|_) => "([^"]+)",/g);
  expect([plain.length, ofActions.length].every((count) => count > 8)).toBe(true);
  expect([...plain, ...ofActions].filter((sentence) => recognise(sentence) === null)).toEqual([]);
});

/** Codes that many sentences share. */
const SHARED = "invalid-field|missing-field|invalid-query|invalid-json|unknown-filter|scope-required";

test("whatever is wrong with what was sent is said in every language", () => {
  const text = sources("src/http").replaceAll(/\\\n\s*/g, "");
  const made = [
    /::invalid\(\s*(?:format!\(\s*)?"([^"]+)"/g,
    new RegExp(`"(?:${SHARED})",\\s*(?:format!\\(\\s*)?"([^"]+)"`, "g"),
    /"(The \{field\} [^"]+)"/g,
  ];
  const said = made.flatMap((pattern) => [...text.matchAll(pattern)].map(([, sentence]) => sentence ?? ""));
  expect(said.length).toBeGreaterThan(30);
  const filled = said.map((sentence) => sentence.replaceAll(/\{[^}]*\}/g, "x"));
  expect(filled.filter((sentence) => recognise(sentence) === null)).toEqual([]);
});

test("what a word or a number of it is called is said as well", () => {
  const fields = [
    ...sources("src/http").matchAll(/\b(?:required|optional|blank_is_none)\(\s*"([a-z]+)"/g),
  ].map(([, field]) => field ?? "");
  expect(fields.length).toBeGreaterThan(8);
  expect(fields.filter((field) => !Object.hasOwn(english.says.field, field))).toEqual([]);
  const request = written("src/load_runs/request.rs", /"(The [^"{]+|What a client[^"]+)"/g);
  expect(request.length).toBeGreaterThan(5);
  expect(request.filter((what) => !Object.hasOwn(english.says.what, what))).toEqual([]);
  for (const code of LANGUAGE_CODES)
    expect(Object.keys(ADMIN[code].says.field)).toEqual(Object.keys(english.says.field));
});

test("every check of a server that fails is said in every language", () => {
  const path = "src/server/moderation.rs";
  const reasons = [
    ...written(path, /=> \{\s*"([^"]+)"\s*\.to_owned\(\)\s*\}/g),
    ...written(path, /other => format!\("([^"]+)"\)/g),
  ];
  expect(reasons.length).toBeGreaterThan(3);
  expect(reasons.filter((sentence) => recognise(sentence) === null)).toEqual([]);
});

test("why a server is not well is known by what it writes", () => {
  expect(recognise("The database does not answer. Chat is kept in memory until it does.")?.key).toBe(
    "databaseSilent",
  );
  expect(
    recognise(
      "Redis cannot be reached (connection refused). Check that it runs and that REDIS_URL names its host and port.",
    ),
  ).toEqual({
    key: "redisAway",
    values: { why: "connection refused" },
  });
  expect(recognise("Something nobody has written yet.")).toBeNull();
});

/** The table that the server writes of its settings: key and what it does, by heading. */
function documented(): { readonly key: string; readonly help: string; readonly section: string }[] {
  let section = "";
  const settings = [];
  for (const line of readFileSync(join(SERVER, "docs/settings.md"), "utf8").split("\n")) {
    if (line.startsWith("## ")) section = line.slice(3);
    const row = /^\| `([A-Z_]+)` \| .*? \| .*? \| (.*?)(?: Accepts [^|]*)? \|$/.exec(line);
    if (row) settings.push({ key: (row[1] ?? "").toLowerCase(), help: row[2] ?? "", section });
  }
  return settings;
}

test("every setting, and every heading of them, has words", () => {
  const settings = documented();
  expect(settings.length).toBeGreaterThan(90);
  const nameless = settings
    .filter(({ key }) => !Object.hasOwn(english.settings.known, key))
    .map(({ key }) => key);
  expect(nameless).toEqual([]);
  expect(
    settings.filter(({ section }) => !Object.hasOwn(english.settings.section, section.toLowerCase())),
  ).toEqual([]);
});

test.each(LANGUAGE_CODES)("words of a setting go when the setting goes, in %s as well", (code) => {
  const keys = documented().map(({ key }) => key);
  expect(Object.keys(english.settings.known).filter((key) => !keys.includes(key))).toEqual([]);
  expect(Object.keys(ADMIN[code].settings.known)).toEqual(Object.keys(english.settings.known));
});
