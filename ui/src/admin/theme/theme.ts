/**
 * The component kit in the product's clothes: sizes, radii, fonts and palettes of the visual direction.
 *
 * In every palette shade 7 is the light scheme's token and shade 3 the dark one's; the rest follows. Colours that
 * change with the scheme live in `tokens.ts`.
 */
import { Button, createTheme, defaultVariantColorsResolver, Input } from "@mantine/core";
import { PALETTES } from "./palettes";

/** The token that gives a hue its text and its soft ground. */
const TOKEN_OF: Readonly<Record<string, string>> = {
  tide: "accent",
  red: "danger",
  orange: "warn",
  green: "success",
  gray: "text-2",
};

const hoverOf = (token: string) => (token === "text-2" ? "var(--c-hover)" : `var(--c-${token}-soft)`);

export const theme = createTheme({
  primaryColor: "tide",
  primaryShade: { light: 7, dark: 3 },
  variantColorResolver: (input) => {
    const colours = defaultVariantColorsResolver(input);
    const token = TOKEN_OF[input.color ?? "tide"];
    switch (input.variant) {
      case "filled":
        // The library judges contrast by the light shade only and would put white on the dark scheme's pale fills.
        return { ...colours, color: "var(--c-on-fill)" };
      case "subtle":
        return token ? { ...colours, color: `var(--c-${token})`, hover: hoverOf(token) } : colours;
      case "light":
        return token
          ? {
              ...colours,
              color: `var(--c-${token})`,
              background: `var(--c-${token}-soft)`,
              hover: hoverOf(token),
            }
          : colours;
      default:
        return colours;
    }
  },
  black: "#101E28",
  white: "#FFFFFF",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  fontFamily: "var(--ui)",
  fontFamilyMonospace: "var(--mono)",
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "19px" },
  headings: {
    fontFamily: "var(--display)",
    fontWeight: "650",
    sizes: {
      h1: { fontSize: "22px", lineHeight: "28px" },
      h2: { fontSize: "19px", lineHeight: "24px" },
      h3: { fontSize: "16px", lineHeight: "22px" },
    },
  },
  defaultRadius: "md",
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "14px" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "20px", xl: "24px" },
  colors: PALETTES,
  components: {
    Button: Button.extend({
      defaultProps: { fw: 550 },
      vars: (_theme, { variant = "filled", size }) => ({
        root: {
          ...(variant === "filled" && { "--button-color": "var(--c-on-fill)" }),
          ...(size === undefined && {
            "--button-height": "32px",
            "--button-fz": "13px",
            "--button-padding-x": "12px",
          }),
        },
      }),
    }),
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: 32 } },
    Input: Input.extend({
      vars: (_theme, { size }) => ({
        wrapper:
          size === undefined || size === "sm" ? { "--input-height": "32px", "--input-fz": "13.5px" } : {},
      }),
    }),
    InputWrapper: {
      defaultProps: { inputWrapperOrder: ["label", "input", "description", "error"] },
    },
    Paper: { defaultProps: { radius: "lg", withBorder: true } },
    Modal: {
      defaultProps: {
        radius: "xl",
        size: 440,
        centered: true,
        withCloseButton: false,
        overlayProps: { blur: 0, color: "var(--c-backdrop)", backgroundOpacity: 1 },
        transitionProps: { transition: "pop", duration: 200, exitDuration: 140 },
      },
    },
    Badge: { defaultProps: { variant: "light", radius: "sm", tt: "none", fw: 550 } },
    Tooltip: { defaultProps: { openDelay: 400, fz: "xs", multiline: true, maw: 280 } },
    Menu: { defaultProps: { shadow: "none", transitionProps: { duration: 140 } } },
    SegmentedControl: { defaultProps: { size: "xs" } },
    Notification: { defaultProps: { radius: "lg", withBorder: true } },
  },
});
