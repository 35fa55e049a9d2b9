/**
 * What the server says, in the page's words: a refusal by its code, any other sentence by the English it is written
 * in. What this page does not know stays as it came.
 */
import type { TFunction } from "i18next";
import { says as english } from "../../languages/en/admin/says";

const { refused: REFUSED, sentence: SENTENCES, accepts: ACCEPTS, why: WHY } = english.says;
const { field: FIELDS, what: NUMBERS } = english.says;

type RefusalCode = keyof typeof REFUSED;

/** A known sentence, and what stands in its holes. */
export interface Recognised<Key extends string> {
  readonly key: Key;
  readonly values: Readonly<Record<string, string>>;
}

const sentences = patternsOf(SENTENCES);
const accepted = patternsOf(ACCEPTS);

/** Which of the server's sentences this is. */
export function recognise(sentence: string): Recognised<keyof typeof SENTENCES> | null {
  return match(sentences, sentence);
}

export function isKnownRefusal(code: string): code is RefusalCode {
  return Object.hasOwn(REFUSED, code);
}

/** A sentence without a code, such as why the server is not well. */
export function sentenceWords(t: TFunction, sentence: string): string {
  const known = recognise(sentence);
  return known ? knownWords(t, known) : sentence;
}

/** A refusal. Its sentence tells more than a code that many of them share. */
export function refusalWords(t: TFunction, code: string, sentence: string): string {
  const known = recognise(sentence);
  if (known) return knownWords(t, known);
  return isKnownRefusal(code) ? t(`says.refused.${code}`, { message: sentence }) : sentence;
}

function knownWords(t: TFunction, { key, values }: Recognised<keyof typeof SENTENCES>): string {
  const { why, field, what } = values;
  const replace = {
    ...values,
    ...(why !== undefined && { why: whyWords(t, why) }),
    ...(isOneOf(FIELDS, field) && { field: t(`says.field.${field}`) }),
    ...(isOneOf(NUMBERS, what) && { what: t(`says.what.${what}`) }),
  };
  return t(`says.sentence.${key}`, { replace });
}

function isOneOf<T extends object>(words: T, key: string | undefined): key is keyof T & string {
  return key !== undefined && Object.hasOwn(words, key);
}

/** What the operating system says, whose number nobody looks up. */
function whyWords(t: TFunction, why: string): string {
  const words = why.replace(/ \(os error \d+\)$/, "");
  const key = words.toLowerCase();
  return Object.hasOwn(WHY, key) ? t(`says.why.${key as keyof typeof WHY}`) : words;
}

/** What a setting takes; completes "it must be ...". */
export function acceptsWords(t: TFunction, accepts: string): string {
  const known = match(accepted, accepts);
  return known ? t(`says.accepts.${known.key}`, { replace: known.values }) : accepts;
}

type Patterns<Key extends string> = readonly (readonly [Key, RegExp])[];

function patternsOf<Key extends string>(texts: Readonly<Record<Key, string>>): Patterns<Key> {
  return (Object.entries(texts) as [Key, string][]).map(([key, text]) => {
    const literal = text.replace(/[.*+?^$()|[\]\\/]/g, "\\$&");
    return [key, new RegExp(`^${literal.replace(/{{(\w+)}}/g, "(?<$1>.+)")}$`)] as const;
  });
}

function match<Key extends string>(patterns: Patterns<Key>, text: string): Recognised<Key> | null {
  for (const [key, pattern] of patterns) {
    const found = pattern.exec(text);
    if (found) return { key, values: { ...found.groups } };
  }
  return null;
}
