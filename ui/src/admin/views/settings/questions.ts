/** Settings under the question a host has, and the rest for operators. Pure. */
import type { SettingView } from "../../contract";

const QUESTIONS = {
  door: ["guests_allowed", "join_pin", "port_mapping"],
  first: ["world_name", "world_description", "world_greeting", "world_mood"],
  keep: [
    "chat_retention_days",
    "address_retention_days",
    "record_retention_days",
    "audit_retention_days",
    "history_days",
  ],
  chat: ["slow_mode_seconds", "word_list", "word_list_folded", "word_list_mode", "held_line_minutes"],
  moderators: ["moderation_reasons"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** `more`: what a newer server lets a host change, and this page has no question for. */
export type QuestionName = keyof typeof QUESTIONS | "more";

export interface Question {
  readonly name: QuestionName;
  readonly settings: readonly SettingView[];
}

export interface Asked {
  readonly questions: readonly Question[];
  /** What only a restart changes. */
  readonly operators: readonly SettingView[];
}

export function askedOf(settings: readonly SettingView[]): Asked {
  const editable = settings.filter((setting) => setting.editable);
  const known = new Set<string>(Object.values(QUESTIONS).flat());
  const under = (keys: readonly string[]) =>
    keys.flatMap((key) => editable.find((setting) => setting.key === key) ?? []);
  const names = Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[];
  const questions: Question[] = [
    ...names.map((name) => ({ name, settings: under(QUESTIONS[name]) })),
    { name: "more", settings: editable.filter(({ key }) => !known.has(key)) },
  ];
  return {
    questions: questions.filter((question) => question.settings.length > 0),
    operators: settings.filter((setting) => !setting.editable),
  };
}
