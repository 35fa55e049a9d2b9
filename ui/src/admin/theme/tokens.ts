/**
 * The product's colours as CSS variables, for the "night" (dark) and "fog" (light) schemes.
 *
 * Warm is for people alone: `lantern` marks presence and nothing else. Every pair of text and ground used in this GUI
 * keeps 4.5:1 or better. Canvases that cannot read CSS variables cheaply take colours from here as well.
 */
import type { CSSVariablesResolver } from "@mantine/core";

const NIGHT = {
  bg: "#0A1118",
  surface: "#101A23",
  raised: "#172430",
  hover: "#20303D",
  line: "#1F2E3A",
  "line-2": "#2C3E4C",
  control: "#5F7482",
  text: "#E9EFF2",
  "text-2": "#AEBCC5",
  "text-3": "#8698A4",
  accent: "#6CC5D6",
  lantern: "#FFC95C",
  "lantern-dot": "#FFC95C",
  success: "#76D198",
  warn: "#FF9F66",
  danger: "#FF808B",
  info: "#9CB2FF",
  "on-fill": "#101E28",
  p50: "#3FA3BC",
  p95: "#B49BFF",
  p99: "#FFC2DE",
  people: "#FFC95C",
  tide: "#3FB0D4",
  violet: "#8A6FDE",
  backdrop: "rgba(4, 8, 12, 0.55)",
  "shadow-float": "0 16px 48px rgba(0, 0, 0, 0.5)",
  "shadow-raised": "none",
} as const;

export type TokenName = keyof typeof NIGHT;
export type Tokens = Readonly<Record<TokenName, string>>;

const FOG: Tokens = {
  bg: "#F2F5F6",
  surface: "#FFFFFF",
  raised: "#FFFFFF",
  hover: "#E8EEF0",
  line: "#DFE6E9",
  "line-2": "#CFD9DD",
  control: "#7F9099",
  text: "#101E28",
  "text-2": "#43545F",
  "text-3": "#5C6D77",
  accent: "#0B687C",
  lantern: "#8F5800",
  "lantern-dot": "#F0A81C",
  success: "#1B7440",
  warn: "#AD4A07",
  danger: "#BE2439",
  info: "#3456B4",
  "on-fill": "#FFFFFF",
  p50: "#1496B8",
  p95: "#5A34C4",
  p99: "#A3104A",
  people: "#B87400",
  tide: "#01A2AA",
  violet: "#8958E2",
  backdrop: "rgba(16, 30, 40, 0.20)",
  "shadow-float": "0 18px 50px rgba(16, 30, 40, 0.18)",
  "shadow-raised": "0 1px 2px rgba(16, 30, 40, 0.06)",
};

export const TOKENS: Readonly<Record<"dark" | "light", Tokens>> = { dark: NIGHT, light: FOG };

/** Grounds behind tags and banners. */
const SOFT = ["accent", "lantern", "success", "warn", "danger", "info"] as const;
const FOG_SOFT: Readonly<Record<(typeof SOFT)[number], string>> = {
  accent: "#E2F1F4",
  lantern: "#FDF1D6",
  success: "#E3F3E8",
  warn: "#FCEDE2",
  danger: "#FCE9EB",
  info: "#E9EDFB",
};

function variables(tokens: Tokens, soft: (name: (typeof SOFT)[number]) => string): Record<string, string> {
  const named = Object.entries(tokens).map(([name, value]) => [`--c-${name}`, value]);
  const softened = SOFT.map((name) => [`--c-${name}-soft`, soft(name)]);
  return {
    ...Object.fromEntries([...named, ...softened]),
    "--mantine-color-body": tokens.bg,
    "--mantine-color-text": tokens.text,
    "--mantine-color-default": tokens.raised,
    "--mantine-color-default-color": tokens.text,
    "--mantine-color-default-border": tokens["line-2"],
    "--mantine-color-default-hover": tokens.hover,
    "--mantine-color-dimmed": tokens["text-3"],
    "--mantine-color-placeholder": tokens["text-3"],
    "--mantine-color-error": tokens.danger,
    "--mantine-color-anchor": tokens.accent,
    "--mantine-primary-color-contrast": tokens["on-fill"],
  };
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    "--ui": '"Figtree Variable", system-ui, sans-serif',
    "--display": '"Bricolage Grotesque Variable", system-ui, sans-serif',
    "--mono": '"JetBrains Mono Variable", ui-monospace, monospace',
    "--ease": "cubic-bezier(0.2, 0.8, 0.2, 1)",
  },
  dark: variables(NIGHT, (name) => `color-mix(in srgb, ${NIGHT[name]} 12%, ${NIGHT.surface})`),
  light: variables(FOG, (name) => FOG_SOFT[name]),
});
